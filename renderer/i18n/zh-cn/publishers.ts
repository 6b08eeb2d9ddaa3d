// 发布者页面的标签，简体中文。
import type { publishers as english } from '../en/publishers.ts'
import type { SameKeys } from '../same-keys.ts'

export const publishers: SameKeys<typeof english> = {
  title: '发布者',
  titleCount: '受信任的离线包发布者：{{count}}',
  lead: '只有由其中之一签名、且与签名时完全一致的离线包才会被使用。',
  trusted: '本控制台信任的发布者',
  since: '自 {{date}} 起受信任，操作者 {{by}}',
  blocked: '自 {{since}} 起撤回 {{named}}：{{reason}}',
  emptyTitle: '尚未信任任何发布者',
  emptyLead: '在其第一个离线包处核对指纹之后，即可信任该发布者。',
  toBundles: '查看离线包',
  clockBehind: '本机时钟有误：它曾显示过 {{time}}。',
  allowsUnsigned: 'RACKSIDE_ALLOW_UNSIGNED 已打开：可以使用无人签名的离线包。此开关供开发者使用。',
  remove: '移除',
  removeTitle: '不再信任 {{id}}',
  removeWhat: '其离线包将被拒绝，已见过的版本也会被忘记：重新信任后，较旧的离线包会再次被接受。已安装的服务继续运行。',
  typeId: '请输入 {{id}}',
  removeIt: '不再信任',
  pin: '信任该发布者',
  pinTitle: '信任 {{name}}',
  pinWhat:
    '受信任的发布者可以在您的服务器上安装任何软件。请经与此离线包不同的途径（电话或合同）向 {{name}}（{{id}}）索取其指纹。',
  pinFingerprint: '此离线包中的指纹',
  compared: '我已核对：完全一致。',
  clockIsRight: '本机时钟现在是正确的；较晚的那个时间有误。',
}
