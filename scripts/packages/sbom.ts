// What is in the product, for those who have to know when one of its parts turns out to be unsafe: CycloneDX 1.5 as JSON.
// The same sources give the same bytes: no time of making, no random serial number.
import type { ProductPackage } from './product-packages.ts'

type Described = { readonly version: string; readonly licence: string; readonly commit: string | undefined }

export function billOfMaterials(product: Described, packages: readonly ProductPackage[]): string {
  const root = { ...componentHead('application', 'rackside', product), licenses: licences(product.licence) }
  const properties = product.commit === undefined ? [] : [{ name: 'rackside:commit', value: product.commit }]
  const components = packages.map((one) => ({
    ...componentHead(one.name === 'electron' ? 'framework' : 'library', one.name, one),
    licenses: licences(one.licence),
    purl: packageUrl(one),
    ...(one.integrity === undefined ? {} : { hashes: [hashOf(one.integrity)] }),
  }))
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: root, ...(properties.length === 0 ? {} : { properties }) },
    components,
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function componentHead(type: string, name: string, { version, ...one }: { version: string; path?: string }) {
  // Two versions of one package may be inside: the place tells them apart.
  return { type, 'bom-ref': one.path ?? `${name}@${version}`, name, version }
}

/** One of the SPDX list is an id, a choice of several an expression. */
function licences(licence: string) {
  const simple = /^[\w.-]+$/.test(licence)
  return simple ? [{ license: { id: licence } }] : [{ expression: licence }]
}

function packageUrl({ name, version }: ProductPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

function hashOf(integrity: string): { readonly alg: string; readonly content: string } {
  const [kind = '', base64 = ''] = integrity.split('-')
  return { alg: kind.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') }
}
