// English: rules that a schema has besides forms.
import { nearest } from '../../domain/nearest.ts'
import type { SchemaRuleWords } from '../catalog-words.ts'

export const schemaRules: SchemaRuleWords = {
  printable: () => 'only printable characters, no NUL or other control character',
  'printable-lines': () => 'only printable characters and ends of lines',
  'no-nul': () => 'a text cannot contain NUL',
  'ready-path-by-http': () => 'a page and an api have one, and a program, which talks no HTTP, has none',
  'no-such-secret': ({ known }) =>
    `no secret of its configuration has this name; there are: ${known.join(', ') || 'none'}`,
  'unknown-variable': ({ name, known }) => {
    const meant = name === undefined ? undefined : nearest(name, known)
    const which = `unknown variable${name === undefined ? '' : ` "${name}"`}`
    return `${which}; ${meant === undefined ? '' : `did you mean "${meant}"? `}known: ${known.join(', ') || 'none'}`
  },
  'an-image': () => 'an image for at least one architecture',
  'layers-add-up': () => 'more layers of one kind than layers',
  'service-name-twice': ({ name }) => `another service is named "${name}" too`,
  'port-twice': ({ name, port }) => `"${name}" has port ${port} already`,
  'one-address': () => 'write one address of the appliance in the local network',
  'no-such-app-service': ({ name }) => `"${name}" is no app service of this solution`,
  'no-such-gateway': ({ name }) => `"${name}" is no gateway of this solution`,
  'no-such-service': ({ name }) => `"${name}" is no service of this solution`,
  'through-needs-model': () => 'what asks through a gateway says in usesModel for which model',
  'one-model-asked': () =>
    'an app asks one model at most: usesModel names one of this solution, usesInstalled takes one that is on the appliance; leave one of them out',
  'installed-as-its-service': ({ name }) =>
    `it asks the same installed model as its service: "${name}" has to say this usesInstalled too, and usesModel goes`,
  'asked-too-early': ({ name }) => `"${name}" is not there yet before this service starts; let the job run after it`,
  'model-not-behind': ({ name, gateway }) => `the gateway "${gateway}" does not serve "${name}"; add it to its serves`,
  'name-twice': ({ name }) => `the name "${name}" is given twice`,
  'name-taken': ({ name }) => `the name "${name}" is Rackside's own; give it another one`,
  'no-such-model-service': ({ name }) => `"${name}" is no model service of this solution`,
  'folder-taken': ({ folders }) => `not in ${folders.join(', ')}`,
  'volume-name-twice': ({ name }) => `another volume is named "${name}" too`,
  'volume-inside-volume': ({ name, target }) => `"${name}" is at ${target}`,
  'own-folder': () => 'this folder is for what Rackside notes',
  'word-twice': () => 'the same is written twice',
  'setting-unused': ({ name }) => `nothing uses the setting "${name}"; write {setting.${name}} where it belongs`,
  'setting-least-above-most': () => 'min is above max, so that no value is allowed',
  'single-brace': ({ name }) => `in a file write {{${name}}}: in single braces it stays as it is`,
  'secret-unused': ({ name }) =>
    `nothing uses the secret "${name}", so the app would never get it: write {secret.${name}} in its environment, or {{secret.${name}}} in a file`,
  'stored-where': () => 'patient data are stored, and nothing says where: add "stored" in both languages',
  'a-date': () => 'write a date, as in 2026-11-29',
  'an-address': () => 'write an address that begins with https://, mailto: or tel:',
  'a-folder': () => 'write a whole path, as in /var/lib/app: letters, digits, ".", "_" and "-" between slashes',
  'setting-default': () => 'the default has to be a value that the setting itself allows',
  'setting-characters': () =>
    'a text that stands in arguments or files has to list the characters that it may be made of',
  'host-network-alone': () =>
    'only an app that requires nothing and has no parts can be in the network of the host: nothing finds it there by its name',
  'rerank-both-ways': ({ interfaceName }) => `${interfaceName} and the field rerank need each other`,
}
