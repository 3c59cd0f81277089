import { words } from '../../util/reserved-words.ts';
import { upperCamel, wordsOf } from '../identifiers.ts';

/** Words that the names of endpoints begin with, and that say nothing of what they return. */
const VERBS = words(`
  add all cancel change create delete edit fetch find get list lookup make new patch post put query
  read remove replace save search send set show store submit update upsert view
`);

/** Names what an endpoint is about, in upper camel case and the singular: `Order` for `listOrders`. */
export function nounOf(key: string): string {
  const all = wordsOf(key);
  const rest = all.slice(all.findIndex((word) => !VERBS.has(word.toLowerCase())));
  const noun = rest.map((word, index) => (index === rest.length - 1 ? singular(word) : word));
  return upperCamel(noun.join(' '));
}

/** Cuts the plural of an English word, as far as a rule without a dictionary can. */
function singular(word: string): string {
  if (/(ss|us|is|news|series)$/i.test(word)) return word;
  return word
    .replace(/ies$/i, 'y')
    .replace(/(ch|sh|x|z|ss)es$/i, '$1')
    .replace(/s$/i, '');
}
