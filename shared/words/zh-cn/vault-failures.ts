// Chinese: what happened, and what to do next, for what the vault, the keychain and files with secrets refuse.
import type { VaultFailureWords } from '../failure-words.ts'

const passphraseProblem = { 'too-short': '过短', 'too-long': '过长', empty: '为空' }
const keychainProblem = {
  'none-here': '当前程序无法使用钥匙串',
  'not-protecting': '本机没有能够保护机密的钥匙串',
  unavailable: '本机的钥匙串暂时无法使用',
  refused: '本机的钥匙串拒绝了请求',
}
const keychainNext = {
  'none-here': '请使用桌面窗口，或使用带口令的保险库。',
  'not-protecting': '请使用带口令的保险库。',
  unavailable: '请先解锁本机的钥匙串再重试。没有丢失任何内容。',
  refused: '请以创建保险库的用户登录本机，或使用带口令的保险库。',
}
const secretFile = {
  'readable-by-others': '本机其他用户可以读取',
  'not-a-file': '不是普通文件',
  missing: '文件不存在',
  unreadable: '无法读取',
}

export const vaultFailures: VaultFailureWords = {
  'credential-in-use': (f) => ({
    what: `以下一体机正在使用该登录凭据：${f.appliances.join('、')}。`,
    next: '请先为它们更换登录方式，或将它们移出列表。没有删除任何内容。',
  }),
  'vault-locked': () => ({ what: '保险库已锁定，其中的登录方式无法使用。', next: '请用口令解锁。' }),
  'vault-missing': () => ({
    what: '本机还没有保险库，无法保存机密。',
    next: '请设置口令创建保险库，或仅在本次运行中使用该机密。',
  }),
  'vault-exists': () => ({
    what: '本机已有保险库。',
    next: '请解锁它。忘记口令的保险库只能连同其中内容一起删除。',
  }),
  'vault-passphrase-wrong': (f) => ({
    what: f.waitSeconds > 0 ? '保险库口令已连续多次输入错误。' : '保险库口令不正确。',
    next: f.waitSeconds > 0 ? `请在 ${f.waitSeconds} 秒后重试，在此之前不会验证口令。` : '请重试。没有更改任何内容。',
  }),
  'vault-passphrase-unusable': (f) => ({
    what: `口令${passphraseProblem[f.reason]}。`,
    next: '请使用 12 至 1024 个字符；几个词组成的口令比符号更容易记住。',
  }),
  'vault-damaged': (f) => ({
    what: `保险库 ${f.file} 已损坏：${f.detail}。`,
    next: '原因不是口令。请从备份恢复该文件；现有文件原样保留。',
  }),
  'keychain-unusable': (f) => ({
    what: `${keychainProblem[f.reason]}${f.backend === '' ? '' : `（${f.backend}）`}。${f.detail}`,
    next: keychainNext[f.reason],
  }),
  'secret-file-unusable': (f) => ({
    what: `文件 ${f.file} 不能用于存放机密：${secretFile[f.problem]}。`,
    next: '请指定只有您能读取的普通文件（chmod 600）。',
  }),
}
