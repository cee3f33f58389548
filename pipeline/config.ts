/** Loads `onelane.config.ts`. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, config as schema } from '../contracts/config.ts';
import { PipelineError, sentence } from './errors.ts';

export const CONFIG_FILE = 'onelane.config.ts';

export interface LoadedConfig {
	config: Config;
	/** Absolute path of the file. */
	file: string;
	/** Paths inside the configuration are relative to it. */
	dir: string;
}

/**
 * @param file relative to the working directory; by default the clone's own
 * @throws PipelineError naming the file, the field and what it must be
 */
export async function loadConfig(file: string | undefined, root: string): Promise<LoadedConfig> {
	const path = file === undefined ? resolve(root, CONFIG_FILE) : resolve(file);
	if (!existsSync(path))
		throw new PipelineError(`There is no configuration at ${path}: name one with --config, or copy ${CONFIG_FILE} from the project.`);
	const given = await importDefault(path);
	const result = schema.safeParse(given);
	if (!result.success) {
		const problems = result.error.issues
			.slice(0, 3)
			.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message.replace(/\.$/, '')}`);
		throw new PipelineError(`${path} is not a valid configuration: ${problems.join('; ')}.`);
	}
	return { config: result.data, file: path, dir: dirname(path) };
}

async function importDefault(path: string): Promise<unknown> {
	let module: { default?: unknown };
	try {
		module = (await import(pathToFileURL(path).href)) as { default?: unknown };
	} catch (error) {
		throw new PipelineError(`${path} cannot be read as a configuration: ${sentence(error)}`);
	}
	if (module.default === undefined)
		throw new PipelineError(`${path} exports no configuration: end it with "export default defineConfig({ … })".`);
	return module.default;
}
