// Labels of backup and support, in Chinese.

import type { backup as english } from '../en/backup.ts'
import type { SameKeys } from '../same-keys.ts'

export const backup: SameKeys<typeof english> = {
  lead: '将本控制台的全部状态加密存为一个文件；并生成可交给协助人员的支持包。',
  title: '备份',
  what: '单个文件，使用单独的口令加密。新电脑凭此文件即可接管；一体机自身保存着各自的记录。',
  inIt: '备份内容',
  notInIt: '不包含',
  files: '文件数',
  size: '大小',
  copy: '复制',
  with: '{{part}}，{{size}}',
  byCommand: '此窗口无法写入文件。请在运行控制台的电脑上输入：',
  passphrase: '备份口令',
  noWayAround: '没有口令无人能够打开，也没有其他办法找回。',
  write: '写入备份',
  written: '备份已写入：{{size}}。',
  moveTitle: '迁移到另一台电脑',
  moveLead: '将文件复制到新电脑，安装 Rackside，并在首次打开之前输入：',
  moveOne: '然后停用原控制台：否则两个控制台会监视同样的一体机、发送同样的告警，且互不知情。',
  supportTitle: '支持包',
  supportLead: '供协助人员使用的纯文本：版本、诊断、执行记录、推理引擎日志。不含机密，也不含用户的提问。',
  about: '涉及的一体机',
  consoleOnly: '尚未保存任何一体机：支持包仅涉及本控制台。',
  keepNames: '保留名称、地址和序列号',
  make: '生成并查看',
  bundleFiles: '支持包中的文件',
  gone: '该支持包已不再保留，请重新生成。',
  save: '保存支持包',
  saved: '已保存。',
  readFirst: '交给他人之前请先阅读。',
}
