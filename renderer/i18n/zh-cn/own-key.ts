// Labels of the use-once password and of Rackside's own key, in Chinese.
import type { ownKey as english } from '../en/own-key.ts'
import type { SameKeys } from '../same-keys.ts'

export const ownKey: SameKeys<typeof english> = {
  once: '改用专用密钥登录',
  onceRecommended: '改用专用密钥登录（推荐）',
  onceNote: 'Rackside 为该一体机生成专用密钥，将其加入允许登录的密钥，验证可用后即忘记密码。密钥保存在保险库中。',
  keepForSudo: '如果该一体机的 sudo 也需要此密码，则保存到保险库，仅用于 sudo',
  keepForSudoNote: '否则密码将被彻底忘记：只有 sudo 不要求密码时，需要 root 权限的操作才能进行。',
  act: '改用 Rackside 专用密钥登录',
  title: '用 Rackside 专用密钥登录 {{name}}',
  lead: 'Rackside 先用现有方式登录，将为该一体机生成的密钥加入允许登录的密钥，再用它重新连接。只有验证成功后才会忘记密码，否则一切保持原样。',
  replace: '改用专用密钥',
  replacing: '正在生成并验证密钥',
  goOnWithout: '继续使用密码',
}
