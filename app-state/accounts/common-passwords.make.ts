/** Writes common-passwords.json: `node common-passwords.make.ts <list, one password a line> <where the list is from>`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packed } from './common-passwords.ts';
import { passwordFault } from './passwords.ts';

const [file = '', of = ''] = process.argv.slice(2);
const passwords = readFileSync(file, 'utf8')
	.split(/\r?\n/)
	// Those that break another rule are refused anyway.
	.filter((password) => [null, 'common'].includes(passwordFault(password, [])));
writeFileSync(join(import.meta.dirname, 'common-passwords.json'), `${JSON.stringify({ of, hashes: packed(passwords) }, null, '\t')}\n`);
console.log(`${passwords.length} passwords`);
