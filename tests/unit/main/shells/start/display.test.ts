// Where a window would be seen.
import { describe, expect, it } from 'vitest'
import { hasDisplay } from '../../../../../main/shells/start/display.ts'

describe('a display', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean]>([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
    ['linux', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: 'localhost:10.0' }, true],
    ['darwin', {}, true],
    ['darwin', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
    ['win32', {}, true],
    ['win32', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
  ])('on %s with %j: %s', (platform, environment, there) => {
    expect(hasDisplay(platform, environment)).toBe(there)
  })
})
