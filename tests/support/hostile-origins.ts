// Names under which a page of somebody else could get its browser, or a program of somebody else itself, to ask the console
// at 127.0.0.1: other writings of the same address, names that are turned to it, what a careless comparison would take for it.

/** As the value of Host; undefined: none at all. `port`: that of the console. */
export function hostileHosts(port: number): (string | undefined)[] {
  const names = [
    ...['evil.example', 'localhost', 'LOCALHOST', 'localhost.', 'ip6-localhost', '127.0.0.1.', '127.0.0.1.nip.io'],
    ...['127.0.0.1.evil.example', 'evil-127.0.0.1', '127.1', '127.0.1', '127.000.000.001', '0177.0.0.1', '0x7f.0.0.1'],
    ...['2130706433', '0x7f000001', '017700000001', '127.0.0.2', '0.0.0.0', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]'],
    ...['[0:0:0:0:0:0:0:1]', '[::1%25lo]', '127。0。0。1', '①②⑦.0.0.1', 'user@127.0.0.1', '127.0.0.1@evil.example'],
    ...['rackside', '192.168.0.10', '169.254.169.254'],
  ].map((name) => `${name}:${port}`)
  const forms = [
    ...['127.0.0.1', '127.0.0.1:', `127.0.0.1:0${port}`, `127.0.0.1:${port}0`, '127.0.0.1:80', `127.0.0.1:+${port}`],
    ...[` 127.0.0.1 :${port}`, `127.0.0.1:${port}/`, `127.0.0.1:${port}#`, `127.0.0.1:${port}, evil.example`],
    ...[`http://127.0.0.1:${port}`, `127.0.0.1:${port}.evil.example`, `evil.example#127.0.0.1:${port}`, ''],
  ]
  return [undefined, ...names, ...forms]
}

/** As the value of Origin, in front of the right Host. */
export function hostileOrigins(port: number): (string | undefined)[] {
  const own = `127.0.0.1:${port}`
  return [
    ...[
      undefined,
      '',
      'null',
      'http://evil.example',
      'https://evil.example',
      'file://',
      'about:blank',
      'data:text/html,x',
    ],
    ...[
      'chrome-extension://abcdefghijklmnop',
      'moz-extension://x',
      'rackside://app',
      'vscode-webview://x',
      'blob:null',
    ],
    ...[
      `https://${own}`,
      `ws://${own}`,
      `HTTP://${own}`,
      `http://${own}/`,
      `http://${own}.evil.example`,
      `//${own}`,
      own,
    ],
    ...[`http://localhost:${port}`, `http://[::1]:${port}`, `http://127.1:${port}`, `http://2130706433:${port}`],
    ...[
      'http://127.0.0.1',
      'http://127.0.0.1:1',
      'http://127.0.0.1:80',
      `http://127.0.0.1:${port}0`,
      `http://127.0.0.1.:${port}`,
    ],
    ...[`http://user@${own}`, `http://${own}@evil.example`, `http://${own}#evil.example`, `http://${own}?evil.example`],
    ...[
      `http://${own}, http://evil.example`,
      `http://evil.example, http://${own}`,
      `http://${own} http://evil.example`,
    ],
    ...[
      `http://evil.example/http://${own}`,
      `http://127.0.0.2:${port}`,
      `http://0.0.0.0:${port}`,
      `blob:http://${own}/x`,
    ],
  ]
}
