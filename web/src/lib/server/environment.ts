/** What the web server is told by whoever starts it. Read when first asked, so that a build needs none of it. */
import { basename, resolve } from 'node:path';
import process from 'node:process';
import { accountsConfig, type AccountsConfig } from '../../../../contracts/accounts.ts';

export class ConfigurationError extends Error {}

export interface WebEnvironment {
	home: string;
	/** A tenant is one home. */
	tenant: string;
	secret: Uint8Array;
	semanticUrl: string;
	/** Offers the role picker. */
	demoLogin: boolean;
	accounts: AccountsConfig;
	/** Of onelane at the OIDC provider. */
	oidcSecret: string | undefined;
}

let known: WebEnvironment | undefined;

export function environment(): WebEnvironment {
	known ??= read(process.env);
	return known;
}

function read(env: Record<string, string | undefined>): WebEnvironment {
	const secret = env.ONELANE_SECRET ?? '';
	if (Buffer.byteLength(secret) < 32) {
		throw new ConfigurationError(
			'Environment variable ONELANE_SECRET is missing or shorter than 32 bytes; start the server with "onelane serve".'
		);
	}
	const home = resolve(env.ONELANE_HOME || '.onelane');
	return {
		home,
		tenant: basename(home),
		secret: new TextEncoder().encode(secret),
		semanticUrl: (env.SEMANTIC_URL || 'http://127.0.0.1:4000').replace(/\/+$/, ''),
		demoLogin: env.ONELANE_DEMO_LOGIN === '1',
		accounts: readAccounts(env.ONELANE_ACCOUNTS),
		oidcSecret: env.ONELANE_OIDC_SECRET || undefined
	};
}

/** The configuration's part about accounts, as JSON: "onelane serve" has checked it. */
function readAccounts(text: string | undefined): AccountsConfig {
	try {
		return accountsConfig.parse(JSON.parse(text || '{}'));
	} catch {
		throw new ConfigurationError('Environment variable ONELANE_ACCOUNTS is not what "onelane serve" writes; start the server with it.');
	}
}
