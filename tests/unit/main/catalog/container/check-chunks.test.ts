// Chunks that could be read in part only are handed on as they lie: with nothing of this process's memory in them.
import { afterEach, expect, it, vi } from 'vitest'
import { checkChunks, chunksOf } from '../../../../../main/catalog/container/check-chunks.ts'
import { madeBundle, seededBytes } from '../../../../support/container-cases.ts'

afterEach(() => vi.restoreAllMocks())

it('what nobody could read of a chunk is empty, whatever this memory held before', async () => {
  for (const name of ['allocUnsafe', 'allocUnsafeSlow'] as const) {
    vi.spyOn(Buffer, name).mockImplementation((size) => Buffer.alloc(size, 'a password'))
  }
  const [model] = madeBundle({ model: seededBytes('model', 1000) }).files
  if (model === undefined) throw new Error('nothing was made')
  const given: Buffer[] = []
  await checkChunks(chunksOf(model.artifact), {
    read: async (_chunk, into) => into.write('half') > 0,
    right: () => expect.unreachable(),
    wrong: (_chunk, bytes) => void given.push(Buffer.from(bytes)),
  })
  expect(given).toEqual([Buffer.concat([Buffer.from('half'), Buffer.alloc(996)])])
})
