// What a backup holds or would hold, line by line.
import type { BackupContents, BackupPart, BackupPreview } from '../../../shared/domain/backup.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Words } from '../../../shared/words/words.ts'

/** `parts`: what is wanted beside the state itself. */
export function previewLines(preview: BackupPreview, parts: readonly BackupPart[], words: Words): string[] {
  const { backup } = words
  const going = preview.items.filter(({ part }) => part === 'state' || parts.includes(part))
  const optional = preview.items.filter((one) => !going.includes(one))
  const row = (name: string, { files, bytes }: { files: number; bytes: number }) =>
    `  ${backup.row(name, files, bytesText(bytes))}`
  const before = backup.vaultBefore[preview.vault]
  return [
    ...going.map((one) => row(backup.items[one.item], one)),
    ...optional.map((one) => row(words.cli.pair(backup.items[one.item], backup.leftOut['not-wanted']), one)),
    ...preview.leftOut.filter(({ why }) => why === 'imported-bundles').map((one) => row(backup.leftOut[one.why], one)),
    ...(preview.unknown.length === 0 ? [] : [backup.notKnown(preview.unknown.join(', '))]),
    ...(before === undefined ? [] : [before]),
    ...(preview.keyFiles === 0 ? [] : [backup.keyFiles(preview.keyFiles)]),
    ...(preview.restored === null ? [] : [backup.cameFrom(preview.restored.madeAt, preview.restored.computer)]),
  ]
}

export function contentsLines(contents: BackupContents, words: Words): string[] {
  const { backup } = words
  const before = backup.vaultBefore[contents.vault]
  return [
    ...(before === undefined ? [] : [before]),
    ...(contents.keyFiles === 0 ? [] : [backup.keyFiles(contents.keyFiles)]),
  ]
}
