// What one types, word for word: for whoever delivers bundles, or receives one, and does it twice a year.
import type { CommandName } from '../../../shared/words/help-words.ts'

export const helpExamples: { readonly [C in CommandName]?: string } = {
  'vendor init': 'rackside vendor init clinic-note --publisher-id acme --publisher-name "Acme Medical"',
  'vendor lint': 'rackside vendor lint clinic-note',
  'vendor try': 'rackside vendor try clinic-note --for facts.json',
  'vendor pack': 'rackside vendor pack clinic-note',
  'vendor sign': 'rackside vendor sign clinic-note --out clinic-note.rsb --part-size 4G --passphrase-file acme.txt',
  'vendor verify': 'rackside vendor verify clinic-note.rsb',
  'vendor rotate': 'rackside vendor rotate clinic-note --passphrase-file acme.txt',
  'vendor show': 'rackside vendor show clinic-note',
  'bundle build':
    'rackside bundle build --catalog catalog --solution ward --for facts.json --sources sources.json --out ward.rsb',
  'bundle pack': 'rackside bundle pack ward --out ward.rsb --part-size 4G',
  'bundle import': 'rackside bundle import clinic-note.rsb',
  'bundle verify': 'rackside bundle verify clinic-note.rsb.001',
  'bundle inspect': 'rackside bundle inspect clinic-note-2.rsb --against clinic-note-1.rsb',
  'bundle remove': 'rackside bundle remove bundle-0a1b2c3d4e5f',
  'publishers pin':
    'rackside publishers pin bundle-0a1b2c3d4e5f --fingerprint SHA256:0m5zJw0nQbZp1cVt8sU4mXkLr7aHy2gEoDfTnWvYi3A',
  'publishers remove': 'rackside publishers remove acme',
}
