/** Stand-ins for what the native addon exports, as far as REST needs it. */
import { getFinalQueryResult, getFinalQueryResultMulti } from './results.ts';

export class NativeAddonError extends Error {
	constructor(feature: string) {
		super(`${feature} needs Cube's native addon, which is not installed here: onelane runs on its TypeScript fallback.`);
	}
}

function unavailable(feature: string): () => never {
	return () => {
		throw new NativeAddonError(feature);
	};
}

function rejected(feature: string): () => Promise<never> {
	return () => Promise.reject(new NativeAddonError(feature));
}

/** Single-quoted text, with doubled quotes inside it. */
const LITERAL = /'(?:[^']|'')*'/g;

export const fallbackExports = {
	setupLogger: () => undefined,
	resetLogger: () => undefined,
	isFallbackBuild: () => true,
	redactSqlLiterals: (sql: string) => sql.replace(LITERAL, "'redacted'"),
	getFinalQueryResult,
	getFinalQueryResultMulti,
	registerInterface: rejected('The SQL API'),
	shutdownInterface: () => Promise.resolve(),
	execSql: rejected('The SQL API'),
	sql4sql: rejected('SQL over REST'),
	rest4sql: rejected('Converting SQL to a query'),
	buildSqlAndParams: unavailable('The Tesseract planner'),
	parseCubestoreResultMessage: rejected('Cube Store'),
	getCubestoreResult: unavailable('Cube Store')
};

/** Made while YAML models are compiled, used only by a model that holds a template. */
export function newJinjaEngine() {
	return { loadTemplate: unavailable('A Jinja template in a model'), renderTemplate: rejected('A Jinja template in a model') };
}
