#!/usr/bin/env node
// The command line, on a Node that can run it: the one installed with Essaim when the machine's is too old.
import module from 'node:module';
import { join } from 'node:path';
import { refuseWithoutPackages } from '../scripts/install.js';
import { compiled, isModern, modernNode, root, runInPlace } from '../scripts/runtime.js';

const program = join(root, 'bin', 'essaim.ts');
refuseWithoutPackages();
if (isModern()) {
  module.enableCompileCache(compiled);
  await import(program);
} else runInPlace(modernNode(), [program, ...process.argv.slice(2)], { NODE_COMPILE_CACHE: compiled });
