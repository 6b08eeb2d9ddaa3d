// English: what is said about updates of Rackside itself.
import type { UpdateWords } from '../update-words.ts'

export const update: UpdateWords = {
  good: (version, installed, name, bytes) =>
    `Rackside ${version} (${installed} is here): ${name}, ${bytes}. Its signature is right and it is whole.`,
  vouchedUntil: (expires) => `Whoever released it vouches for it until ${expires}.`,
  taken: (path) => `The checked package is kept here: ${path}`,
  install: (command) => `Nothing is installed yet. End Rackside, then run: ${command}`,
  start: (command) => `Nothing is installed yet. End Rackside, then start: ${command}`,
}
