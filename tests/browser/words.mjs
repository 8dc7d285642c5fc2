// The words that the program itself serves: preview.js shows no others. `{n}` is a number; `_one` and `_many` are its
// two forms.
import { readFileSync } from 'node:fs';

const all = JSON.parse(readFileSync(new URL('../../src/serve/words.json', import.meta.url), 'utf8'));
const of = lang => Object.fromEntries(Object.entries(all).map(([key, word]) => [key, word[lang]]));

export const words = { th: of('th'), en: of('en') };
