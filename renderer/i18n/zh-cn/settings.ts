// Labels of the settings, in Chinese.
import type { settings as english } from '../en/settings.ts'
import type { SameKeys } from '../same-keys.ts'

export const settings: SameKeys<typeof english> = {
  title: '设置',
  look: '外观与语言',
  language: '语言',
  theme: '外观',
  access: '登录一体机',
  toCredentials: '打开登录凭据',
  credentialsNote: '本机的保险库，以及其中保存的登录凭据。',
  toKnownHosts: '打开已知主机',
  knownHostsNote: '已信任的主机密钥，以及 known_hosts 的导入和导出。',
  toPublishers: '打开发布者',
  publishersNote: '信任谁制作的离线包。',
  alerts: '通知渠道与规则',
  toAlerts: '打开通知渠道',
  alertsNote: '哪些告警通知谁，以及何时不通知。',
  console: '本控制台',
  version: '版本',
  operator: '操作员',
  operatorNote: '每一次变更都以此名称写入审计记录。',
  shell: '运行方式',
  shellKind: { desktop: '桌面窗口', web: '浏览器窗口' },
  opened: '开启时间',
  importFolder: '离线包查找位置',
  windows: '新窗口',
  windowsLead: '在本机另一块屏幕上打开同一控制台的第二个窗口。',
  openWindow: '打开新窗口',
  windowOpened: '窗口已打开。',
  windowBlocked: '浏览器未能打开新窗口。以下地址仅可使用一次，一分钟内有效：',
}
