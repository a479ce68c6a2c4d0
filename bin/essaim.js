#!/usr/bin/env node
// The command line, on a Node that can run it: the one installed with Essaim when the machine's is too old.
import { join } from 'node:path';
import { isModern, modernNode, root, runInPlace } from '../scripts/runtime.js';

const program = join(root, 'bin', 'essaim.ts');
if (isModern()) await import(program);
else runInPlace(modernNode(), [program, ...process.argv.slice(2)]);
