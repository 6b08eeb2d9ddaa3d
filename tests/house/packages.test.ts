import { expect, it } from 'vitest'
import { type InstalledPackage, installedPackages, unknownLicences } from '../../scripts/packages/installed.ts'
import { repositoryRoot } from '../support/repository-files.ts'

const planted = (licence: string): InstalledPackage => ({
  ...{ path: 'node_modules/planted', name: 'planted', version: '1.0.0', named: 'product' },
  licence,
})

it('knows the licence of every package that is installed, and what it allows', () => {
  const packages = installedPackages(repositoryRoot)
  expect(packages.length).toBeGreaterThan(300)
  expect(unknownLicences(packages)).toEqual([])
})

it.each(['AGPL-3.0', 'none', 'UNLICENSED', 'SEE LICENSE IN LICENSE', 'MIT AND GPL-3.0'])('refuses %s', (licence) => {
  expect(unknownLicences([planted(licence)])).toEqual([`node_modules/planted: ${licence}`])
})

it('takes the one of several that is offered and known', () => {
  expect(unknownLicences([planted('(WTFPL OR MIT)'), planted('GPL-2.0 OR Apache-2.0')])).toEqual([])
})

it('finds what weaker licences ask nowhere in the product itself', () => {
  const product = installedPackages(repositoryRoot).filter(({ named }) => named === 'product')
  expect(product.map(({ name, licence }) => `${name} ${licence}`).filter((one) => one.includes('MPL'))).toEqual([])
})
