// English: what went wrong with a bundle that is made, checked or imported, and what to do next.
import type { FailureOf } from '../../domain/failure.ts'
import type { BundleFailureWords } from '../failure-words.ts'
import { bundle } from './bundle.ts'

const images: { readonly [P in FailureOf<'image-refused'>['problem']]: string } = {
  unreadable: 'it is no image archive that an engine reads',
  named: 'its archive could take the name of an image that is there already',
  'other-image': 'it is not the image that the bundle lists',
  'claims-rackside': 'it claims to be made by Rackside',
  'no-program':
    'what it is started or checked by is not in it. The engine of a server runs every health check by /bin/sh: busybox is enough',
}

export const bundleFailures: BundleFailureWords = {
  'container-unusable': (f) => ({
    what: `${f.file} cannot be used: ${f.problem}.`,
    next: 'Copy it again from where it came from, or ask whoever made it.',
  }),
  'bundle-incomplete': (f) => ({
    what: `${f.name} is not complete: ${f.pieces.map((one) => `${one.file} ${bundle.problems[one.problem]}`).join(', ')}.`,
    next: 'Bring these files and repeat the command with them. What is already here is kept.',
  }),
  'bundle-not-kept': (f) => ({
    what: `${f.bundleId} was not imported here, so there is nothing to remove.`,
    next: 'A bundle in a folder of your own is removed with that folder.',
  }),
  'image-refused': (f) => ({
    what: `The image ${f.artifact} is refused: ${images[f.problem]}${f.detail === '' ? '' : ` (${f.detail})`}.`,
    next:
      f.problem === 'no-program'
        ? 'Put it into the image, or name another one in the entry, and repeat the command.'
        : 'Nothing of the bundle can be used. Ask its publisher for one that is made anew.',
  }),
  'source-failed': (f) => ({
    what: `${f.artifact} could not be fetched from ${f.source}: ${f.detail}.`,
    next: 'Mend the cause and repeat the command. What was fetched is kept.',
  }),
  'build-incomplete': (f) => ({
    what: `The bundle for ${f.solution} would lack ${f.artifacts.join(', ')}.`,
    next: 'Name a source for each of them.',
  }),
}
