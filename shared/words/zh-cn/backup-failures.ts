// Chinese: what happened, and what to do next, for backups that cannot be read or put back.
import type { BackupFailureWords } from '../failure-words.ts'

const problem = {
  missing: '文件不存在',
  unreadable: '无法读取',
  'not-a-backup': '不是 Rackside 的备份',
  damaged: '文件已损坏',
  'cut-short': '文件不完整',
  'older-format': '格式比任何已发布的版本都旧',
  'newer-format': '由更新版本的 Rackside 生成',
}
const next = {
  missing: '请检查路径。',
  unreadable: '请检查读取权限和磁盘状况。',
  'not-a-backup': '请指定由“rackside backup write”生成的文件。',
  damaged: '与口令无关。请使用另一份副本；未恢复任何内容。',
  'cut-short': '请重新完整复制；未恢复任何内容。',
  'older-format': '请使用另一份副本；未恢复任何内容。',
  'newer-format': '请先升级 Rackside 再试；未恢复任何内容。',
}
const refused = {
  'holds-state': ['中已有内容', '请用 --into 指定空文件夹，或先移走其中内容。未作任何改动。'],
  'in-use': ['正被运行中的控制台使用', '请先退出该控制台。未作任何改动。'],
  restoring: ['正由另一进程恢复', '请等待其完成。'],
} as const

export const backupFailures: BackupFailureWords = {
  'backup-unusable': (f) => ({
    what: `无法使用文件 ${f.file}：${problem[f.reason]}${f.detail === '' ? '' : `（${f.detail}）`}。`,
    next: next[f.reason],
  }),
  'backup-passphrase-wrong': (f) => ({
    what: `这不是备份 ${f.file} 的口令。`,
    next: '文件完好。请重试；未恢复任何内容。',
  }),
  'restore-refused': (f) => ({ what: `文件夹 ${f.folder} ${refused[f.reason][0]}。`, next: refused[f.reason][1] }),
}
