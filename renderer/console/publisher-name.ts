// What the publisher of a bundle is called: the name that was trusted here, and not what a release calls itself.
import type { BundleHeader } from '../../shared/domain/artifact.ts'
import type { Vouching } from '../../shared/domain/publisher.ts'

export function publisherName({
  header,
  vouching,
}: {
  readonly header: BundleHeader
  readonly vouching: Vouching
}): string {
  return vouching.signed ? vouching.publisher.name : header.publisher.name
}
