/** The semantic server: a process of its own, on loopback, that answers authorised queries about the published version. */
import './memory.ts';
import './native-fallback/install.ts';
import { start } from './start.ts';

await start(process.env);
