// Windows and their links on a pretend platform: who gets a port, when it ends, what closing and breaking do.
import { describe, expect, it } from 'vitest'
import type { DesktopWindow, PagePort, WindowEvents } from '../../../../../main/shells/electron/platform-shape.ts'
import { windowSet } from '../../../../../main/shells/electron/window-set.ts'

const ourPage = { mainFrame: true, url: 'rackside://app/' }

type Opened = { readonly events: WindowEvents; readonly acts: string[] }

function pretendPort(): PagePort & { readonly closed: () => boolean } {
  let closed = false
  return {
    on: () => undefined,
    postMessage: () => undefined,
    start: () => undefined,
    close: () => {
      closed = true
    },
    closed: () => closed,
  }
}

function pretendWindows(system: NodeJS.Platform = 'linux', load: () => Promise<void> = async () => undefined) {
  const opened: Opened[] = []
  const said: string[] = []
  const served: PagePort[] = []
  const openWindow = (_look: unknown, events: WindowEvents): DesktopWindow => {
    const acts: string[] = []
    opened.push({ events, acts })
    return {
      load: (address) => {
        acts.push(`load ${address}`)
        return load()
      },
      reload: () => void acts.push('reload'),
      show: () => void acts.push('show'),
      hide: () => void acts.push('hide'),
      minimize: () => void acts.push('minimize'),
      destroy: () => {
        acts.push('destroy')
        events.closed()
      },
    }
  }
  const windows = windowSet({
    platform: { system, openWindow },
    look: { title: 'Rackside', preloadFile: 'preload.cjs', iconFile: 'icon.png' },
    serve: (port) => void served.push(port),
    clock: () => 0,
    report: (line) => void said.push(line),
    onLastClosing: () => void said.push('last closing'),
    onBroken: (_reload, again) => void said.push(again ? 'broken again' : 'broken'),
    onHanging: () => void said.push('hanging'),
  })
  return { windows, opened, said, served }
}

async function oneWindow() {
  const set = pretendWindows()
  await set.windows.open()
  const [window] = set.opened
  if (window === undefined) throw new Error('no window was opened')
  return { ...set, ...window }
}

describe('a window', () => {
  it('shows itself when its page is there', async () => {
    expect((await oneWindow()).acts).toEqual(['load rackside://app/', 'show'])
  })

  it('gives a port to its page, and none to a frame in it or to another page', async () => {
    const { events, served } = await oneWindow()
    const refuse = () => {
      throw new Error('a port was made for a stranger')
    }
    events.linkWanted({ ...ourPage, mainFrame: false }, refuse)
    events.linkWanted({ mainFrame: true, url: 'https://elsewhere/' }, refuse)
    const port = pretendPort()
    events.linkWanted(ourPage, () => port)
    expect(served).toEqual([port])
  })

  it('ends the port when the page asks for another one, goes, or crashes', async () => {
    const { events } = await oneWindow()
    const [first, second] = [pretendPort(), pretendPort()]
    events.linkWanted(ourPage, () => first)
    events.linkWanted(ourPage, () => second)
    expect([first.closed(), second.closed()]).toEqual([true, false])
    events.pageLeft()
    expect(second.closed()).toBe(true)
  })

  it('is loaded again when its page crashes, until that is no help', async () => {
    const { events, acts, said } = await oneWindow()
    for (const _time of [1, 2, 3, 4]) events.pageCrashed('oom')
    expect(acts.filter((act) => act === 'reload')).toHaveLength(3)
    expect(said.filter((line) => line.startsWith('broken'))).toEqual(['broken', 'broken', 'broken', 'broken again'])
  })
})

describe('a page that is not loaded', () => {
  it('is nothing to speak of when its window was closed meanwhile, and a defect otherwise', async () => {
    let fail: (error: Error) => void = () => undefined
    const loading = new Promise<void>((_resolve, reject) => {
      fail = reject
    })
    const closed = pretendWindows('linux', () => loading)
    const opening = closed.windows.open()
    closed.windows.destroyAll()
    fail(new Error('ERR_FAILED'))
    await expect(opening).resolves.toBeUndefined()
    const broken = pretendWindows('linux', async () => Promise.reject(new Error('ERR_FILE_NOT_FOUND')))
    await expect(broken.windows.open()).rejects.toThrow('ERR_FILE_NOT_FOUND')
  })
})

describe('the windows together', () => {
  it('let one close while another is open, and hold the last one for a decision', async () => {
    const { windows, opened, said } = pretendWindows()
    await windows.open()
    await windows.open()
    const [first, second] = opened
    const prevented: string[] = []
    first?.events.closing(() => prevented.push('first'))
    first?.events.closed()
    second?.events.closing(() => prevented.push('second'))
    expect([prevented, said]).toEqual([['second'], ['last closing']])
  })

  it('let the last one close on macOS', async () => {
    const { windows, opened, said } = pretendWindows('darwin')
    await windows.open()
    opened[0]?.events.closing(() => said.push('prevented'))
    expect(said).toEqual([])
  })

  it('come back as they are, or as a new one where none is left', async () => {
    const { windows, opened } = pretendWindows()
    await windows.open()
    await windows.bringBack()
    expect(opened).toHaveLength(1)
    opened[0]?.events.closed()
    await windows.bringBack()
    expect(opened).toHaveLength(2)
  })

  it('end with their ports', async () => {
    const { windows, opened } = pretendWindows()
    await windows.open()
    const port = pretendPort()
    opened[0]?.events.linkWanted(ourPage, () => port)
    windows.destroyAll()
    expect([port.closed(), opened[0]?.acts.at(-1)]).toEqual([true, 'destroy'])
  })

  it('leaves when its only page was closed without a word to its window, but not on macOS', async () => {
    for (const [system, said] of [
      ['linux', ['last closing']],
      ['darwin', []],
    ] as const) {
      const set = pretendWindows(system)
      await set.windows.open()
      set.opened[0]?.events.closed()
      expect(set.said).toEqual(said)
    }
  })
})
