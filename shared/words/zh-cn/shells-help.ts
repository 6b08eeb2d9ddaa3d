// Simplified Chinese: the commands and options of windows and of the service, as the help shows them.
import type { HelpWords } from '../help-words.ts'

export const shellsHelp = {
  start: [['', '打开窗口：优先桌面窗口，没有则用浏览器']],
  desktop: [['', '打开桌面窗口']],
  serve: [
    ['[--unit]', '无窗口：作为服务监视列表中的服务器；--unit 输出 systemd 单元文件'],
    ['--address IP --tls-certificate FILE --tls-key FILE', '同上，并供局域网中已登录的操作员使用'],
  ],
  web: [['[--port N] [--import 文件夹] [--no-open]', '在浏览器中打开']],
} as const satisfies Partial<HelpWords['commands']>

export const shellOptions = {
  unit: ['', 'serve：只输出单元文件及安装方法'],
  port: [
    'N',
    'web、serve：指定端口（默认选用空闲端口）；plan、setup：写作 服务=端口，指定服务在服务器上使用的端口，\n或 服务=default 恢复默认；可重复使用。之后一直沿用，直到再次更改',
  ],
  import: ['文件夹', 'web：离线包或其所在文件夹'],
  'no-open': ['', 'web：不打开浏览器'],
  'metrics-token-file': [
    'FILE',
    'web、serve：提供 /metrics（Prometheus）和 /health，须以该文件中的令牌（至少 32 个字符，仅本人可读）\n作为 Bearer 凭据；不加则两者都没有',
  ],
  address: ['IP', 'serve：使用本机的这个地址而不是 127.0.0.1；须有证书和已命名的操作员'],
  'tls-name': ['NAME', 'serve：用户为该地址输入的名称；须在证书中'],
  'tls-certificate': ['FILE', 'serve：证书（PEM），其后为证书链；启动时读取'],
  'tls-key': ['FILE', 'serve：证书的私钥（PEM），仅本人可读'],
} as const satisfies Partial<HelpWords['options']>
