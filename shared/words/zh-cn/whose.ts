// Chinese: whose a deployment is, and what became of it.
import type { WhoseWords } from '../whose-words.ts'

export const whose: WhoseWords = {
  takesFrom: (name, id, what) => `按指定从 ${name}（${id}）接管 ${what}：此后连同其数据和密钥归当前发布者所有。`,
  takesFromNobody: (what) => `接管 ${what}：已安装的版本没有可知的发布者担保。此后连同其数据和密钥归当前发布者所有。`,
  takenBack: (what, publisher, since) => `${publisher} 已撤回 ${what}（${since}）`,
  takenBackNext: '服务仍在运行。请向其发布者索取含其他版本的离线包并部署。',
  accepted: (name, spdx, by, at) => `${name} 的许可条款（${spdx}）由 ${by} 于 ${at} 接受`,
  changes: (service) => `${service} 与当前的差异：`,
  kinds: {
    publisher: '发布者',
    privileges: '权限',
    openings: '对局域网开放',
    'patient-data': '患者数据',
    stored: '存储位置',
    egress: '对外访问',
    licence: '许可证',
    version: '版本',
    model: '模型',
    image: '镜像',
    port: '服务端口',
    settings: '设置',
    volumes: '数据卷',
  },
  patientData: { none: '不接触', 'passes-through': '仅经过', stored: '会存储' },
  change: (before, after) => `${before} → ${after}`,
  notKnown: '已安装的版本未说明',
  nothing: '无',
}
