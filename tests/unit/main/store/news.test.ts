// News on the disk: what happened outlasts the console, and is neither older nor more than somebody reads.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newsIn } from '../../../../main/store/news.ts'
import type { KeptNews } from '../../../../shared/domain/notification.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const dayMs = 24 * 3_600_000
const nowMs = Date.parse('2026-11-28T09:00:00Z')

function newsAt(version: number, atMs = nowMs + version): KeptNews {
  return { news: 'new-version', atMs, publisher: { id: 'acme', name: 'Acme Medical' }, line: 'ward', version }
}

describe('news', () => {
  it('are there after the console was started anew', () => {
    const folder = temporaryFolder()
    const news = newsIn(folder)
    expect(news.all()).toEqual([])
    news.note(newsAt(1), newsAt(2))
    news.note(newsAt(3))
    expect(newsIn(folder).all()).toEqual([newsAt(1), newsAt(2), newsAt(3)])
  })

  it('are 200 at most, and none older than 30 days before the newest', () => {
    const news = newsIn(temporaryFolder())
    news.note(newsAt(1, nowMs - 30 * dayMs - 1), newsAt(2, nowMs - 30 * dayMs), newsAt(3, nowMs))
    expect(news.all()).toEqual([newsAt(2, nowMs - 30 * dayMs), newsAt(3, nowMs)])
    news.note(...Array.from({ length: 250 }, (_, at) => newsAt(at + 1)))
    expect([news.all().length, news.all()[0]]).toEqual([200, newsAt(51)])
  })

  it('begin anew where they are damaged, and are known for as long as they cannot be written', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'news.json'), '{')
    const news = newsIn(folder)
    expect(news.all()).toEqual([])
    const blocked = newsIn(join(folder, 'news.json'))
    blocked.note(newsAt(1))
    expect(blocked.all()).toEqual([newsAt(1)])
    news.note(newsAt(2))
    expect(newsIn(folder).all()).toEqual([newsAt(2)])
  })
})
