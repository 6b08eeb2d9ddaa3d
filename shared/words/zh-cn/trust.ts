// Chinese: what the CLI says about the host keys that are kept.
import type { TrustWords } from '../words.ts'

export const trust: TrustWords = {
  sources: { compared: '人工核对', imported: '来自导入', rotated: '由服务器公布' },
  since: (time) => `自 ${time}`,
  machine: (id) => `机器 ID ${id}`,
  noMachine: '机器 ID 未知',
  importedLine: '已导入',
  revoked: '已吊销',
  trusted: (where, keyType, fingerprint) => `已信任 ${where}：${keyType} ${fingerprint}`,
  ifCompared: (command) => `仅当服务器自己的屏幕上显示的就是该指纹时：${command}`,
  replaced: (count) => `已取代原有的 ${count} 个主机密钥，与该服务器的连接已断开。`,
  forgotten: (where, count) => `${where}：已移除 ${count} 个主机密钥。`,
  stillImported: (count) => `导入的列表中仍有 ${count} 行适用于此地址。`,
  imported: (added, revoked, alreadyKnown) => `新增 ${added} 行，其中 ${revoked} 行为吊销；${alreadyKnown} 行已存在。`,
  unknownTypes: (count) => `略过 ${count} 行：无法验证的密钥类型。`,
  certAuthorities: (count) => `略过 ${count} 行 @cert-authority：此处无法验证主机证书，不会据此信任任何服务器。`,
  typeHost: (host) => `此操作会更改信任关系。请输入主机名（${host}）：`,
}
