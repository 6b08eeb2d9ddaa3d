// Chinese: what is said to whoever delivers apps.
import type { VendorWords } from '../vendor-words.ts'

export const vendor: VendorWords = {
  made: (folder, publisher) => `${folder} 已成为 ${publisher} 的项目。`,
  nextSteps: [
    '请把镜像放入 images/（docker save -o），在 catalog/ 中写好应用，然后依次执行：',
    'rackside vendor lint、vendor try、vendor pack、vendor sign --out 文件.rsb、vendor verify 文件.rsb',
  ],
  fingerprint: (fingerprint) => `请经离线包以外的途径把此指纹告知客户：${fingerprint}`,
  packed: (folder, artifacts, bytes) => `${folder} 含 ${artifacts} 个制品，共 ${bytes}；尚未签名。`,
  signed: (line, version, until) => `${line} 已签名为第 ${version} 版，担保至 ${until}。`,
  keysChanged: '密钥已更换。下一个签名的离线包会带上新密钥；此前签名并已安装的内容不受影响。',
  signAnew: (lines) =>
    lines.length < 2
      ? '用这些密钥签名的每个项目都需要一个新版本：现场只有通过其离线包才能得知新密钥。'
      : `请为这些密钥的每条发布线各签一个新版本，使每个现场都得知：${lines.join('、')}。`,
  fingerprintStays: (fingerprint) => `客户手中的指纹不变：${fingerprint}`,
  runs: (services) => `可运行：${services}`,
  doesNot: '不能运行：',
  trialSum: (fits, all) => `${all} 个中有 ${fits} 个可运行`,
  whole: (line, version, bytes) => `${line} 第 ${version} 版：签名有效，其 ${bytes} 已全部读取核对。`,
  by: (name, id) => `发布者：${name}（${id}）`,
  until: (time) => `担保至 ${time}`,
  lastSigned: (line, version) => `${line}：上次签名为第 ${version} 版`,
  typePassphrase: '发布者密钥的口令：',
  typeNewPassphrase: '为发布者密钥设置口令：',
}
