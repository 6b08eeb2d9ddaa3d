// The files of a folder of weights, as a bundle names them: root makes names of their paths, so only such as models have
// are taken; and what a folder says it is made of is in the same list.
import { describe, expect, it } from 'vitest'
import { type Artifact, digestList } from '../../../../shared/domain/artifact.ts'
import {
  filesListText,
  modelFolderAt,
  modelFolderPath,
  weightsFiles,
  weightsPath,
} from '../../../../shared/domain/weights-folder.ts'
import { madeWeights } from '../../../support/made-weights.ts'

const sum = 'a'.repeat(64)
const takes = (...paths: string[]) => weightsFiles.safeParse(paths.map((path) => ({ path, sha256: sum }))).success

describe('a path of a file of a model', () => {
  it.each([
    ...['config.json', 'model-00001-of-00163.safetensors', '1_Pooling/config.json', 'a/b/c/d/e/f/g/h', 'README.md'],
    ...['chat_template.jinja', 'tokenizer(1).json', 'x'.repeat(128), 'c++/a=b,c@d~e.py'],
  ])('may be %j', (path) => {
    expect(weightsPath.safeParse(path).success).toBe(true)
  })

  it.each([
    ...['', '/', '/etc/passwd', '..', '../x', 'a/..', 'a/../b', '.', './a', 'a/./b', 'a//b', 'a/', '/a'],
    ...['.git/config', 'a/.hidden', '-rf', 'a/--checkpoint', 'a b', 'a\tb', 'a\nb', 'a\0b', 'a\\b', 'C:\\x', 'C:x'],
    ...['$(reboot)', '`id`', "a'b", 'a"b', 'a;b', 'a|b', 'a*', 'a?', '[a]', '{a}', 'a&b', '<a', '模型.json', 'é'],
    ...['\u202ea', 'x'.repeat(129), 'a/b/c/d/e/f/g/h/i', `${'x'.repeat(100)}/${'y'.repeat(100)}/${'z'.repeat(60)}`],
  ])('is never %j', (path) => {
    expect(weightsPath.safeParse(path).success).toBe(false)
  })
})

describe('the files of a folder', () => {
  it('are each there once, also in another letter case, and none is a folder as well', () => {
    expect(takes('a', 'b', 'c/a', 'c/b')).toBe(true)
    expect(takes('a', 'a')).toBe(false)
    expect(takes('Config.json', 'config.json')).toBe(false)
    expect(takes('a', 'a/b')).toBe(false)
    expect(takes('A/b/c', 'a')).toBe(false)
    expect(takes('a/B', 'a/b/c')).toBe(false)
    expect(takes('ab', 'a/b', 'a.b')).toBe(true)
  })

  it('are one at least and not more than an appliance can tell of', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `f${at}`)
    expect([takes(), takes(...many(2000)), takes(...many(2001))]).toEqual([false, true, false])
  })

  it('are listed by their paths, whatever their order was, as sha256sum does', () => {
    const files = ['b', 'a/c', 'B', 'a-c'].map((path) => ({ path, sha256: sum }))
    const text = ['B', 'a-c', 'a/c', 'b'].map((path) => `${sum}  ${path}\n`).join('')
    expect(filesListText(files)).toBe(text)
    expect(filesListText([...files].reverse())).toBe(text)
  })
})

it('a folder on an appliance is told by its path, and nothing in it is', () => {
  expect(modelFolderPath(sum)).toBe(`/var/lib/rackside/models/sha256-${sum}`)
  expect(modelFolderAt(modelFolderPath(sum))).toBe(sum)
  expect(modelFolderAt(`/var/lib/rackside/artifacts/sha256-${sum}`)).toBeUndefined()
  expect(modelFolderAt('/etc')).toBeUndefined()
})

describe('a digest list with weights in a folder', () => {
  const { files, list } = madeWeights('ward', { 'config.json': '{}', 'model.safetensors': 'wwww', 'copy.json': '{}' })
  const said = (...artifacts: Artifact[]) => {
    const read = digestList.safeParse({ format: 1, artifacts })
    return read.success ? 'taken' : (read.error.issues[0]?.message ?? '')
  }
  const other = (change: object): Artifact => ({ ...list, weights: { ...list.weights, ...change } }) as Artifact

  it('has each of its files, once for all that are the same', () => {
    expect(files).toHaveLength(2)
    expect(said(...files, list)).toBe('taken')
    expect(said(list, ...files)).toBe('taken')
  })

  it('says which file is missing', () => {
    const [config, weights] = files as [Artifact, Artifact]
    expect(said(config, list)).toBe(`ward: its file model.safetensors (sha256 ${weights.sha256}) is not in the list`)
    expect(said(weights, list)).toContain('config.json')
    expect(said(list)).toContain('is not in the list')
  })

  it('has bytes that are those of its files, and a list that is as long as theirs', () => {
    expect(said(...files, other({ bytes: 7 }))).toBe('ward: its files have 8 bytes instead of 7')
    expect(said(...files, { ...list, bytes: list.bytes + 1 })).toContain('not those of the list of its files')
  })

  it('has no file whose path leads out of it', () => {
    const hostile = { path: '../../etc/cron.d/x', sha256: files[0]?.sha256 ?? '' }
    expect(said(...files, other({ files: [hostile] }))).toContain('no path')
  })
})
