// Whether a window opened here would be seen by anybody. Over SSH it would open on the other computer, unless the
// display was forwarded.

export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  const remote = Boolean(environment['SSH_CONNECTION'])
  if (platform === 'darwin' || platform === 'win32') return !remote
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}
