// Chinese: accepting a server.
import type { AcceptanceWords } from '../acceptance-words.ts'
import { timeText } from '../bench-amounts.ts'
import { durationText } from '../durations.ts'

const settingNames = {
  users: '并发用户数',
  ttftLimitMs: 'TTFT 上限',
  tpotLimitMs: 'TPOT 上限',
  inputTokens: '提示词长度',
  outputTokens: '回答长度',
  seconds: '测量时长',
}

export const acceptance: AcceptanceWords = {
  title: '验收证书',
  verdicts: { accepted: '验收通过', open: '验收通过，有待确认项', refused: '验收未通过' },
  verdictMeans: {
    accepted: () => '各项均在本服务器上实测，没有发现问题。',
    open: (points) => `没有发现不合格项；有 ${points} 项未能证实或需要关注。`,
    refused: (points) => `有 ${points} 项不合格。本页只是检测报告，不是证书，没有签名。`,
  },
  stages: {
    inventory: '服务器配置',
    health: '服务状态',
    devices: '模型在哪里计算',
    canary: '模型回答是否正常',
    load: '负载下的速度',
    soak: '持续负载下的稳定性',
    doctor: '体检结果',
  },
  sections: {
    points: '结论说明',
    hardware: '硬件与系统',
    services: '服务',
    devices: '模型实际使用的加速卡',
    canary: '回答质量抽检',
    load: '负载下的速度',
    soak: '持续负载与温度',
    doctor: '体检发现',
    check: '如何核验本证书',
    sign: '签字',
  },
  refusals: {
    'nothing-installed': '没有安装可供验收的内容',
    'not-healthy': '有服务状态不正常',
    'device-refuted': '模型没有在预定的设备上计算',
    'canary-failed': '模型的回答不正常',
    'load-failed': '模型无法完成负载测量',
    'slower-first-token': '首个 token 比约定的慢',
    'slower-tokens': 'token 输出比约定的慢',
    'requests-fail': '负载下失败的请求太多',
    'soak-requests-fail': '持续负载期间失败的请求太多',
    'soak-slows-down': '持续负载期间速度下降',
    'doctor-error': '体检发现错误',
    'taken-back': '正在运行的版本已被发布方撤回',
  },
  openPoints: {
    'device-unproven': '无法证实模型在哪里计算',
    'canary-basic': '只检查了模型回答在技术上是否正常',
    'nothing-under-load': '没有可做负载测量的模型',
    'no-soak': '没有做持续负载测试',
    'short-soak': '持续负载不足 10 分钟',
    'no-temperature': '设备不报告温度',
    'rough-figures': '限定时间内完成的请求太少，数值仅供参考',
    'doctor-warning': '体检给出警告',
    unread: '体检有看不到的项目',
    'only-watched': '服务只被监控，未实测',
    'no-publisher': '服务没有发布方担保',
  },
  weights: { refuses: '不合格', open: '待确认' },
  canaryVerdicts: { passed: '通过', failed: '未通过', skipped: '未问' },
  labels: {
    ...{ server: '服务器', hostname: '主机名', machineId: '机器标识', system: '系统', kernel: '内核' },
    ...{ processor: 'CPU', memory: '内存', disk: '磁盘', engine: '容器引擎', address: '地址' },
    ...{ driver: '驱动', toolkit: '工具包', device: '设备', product: '型号', serial: '序列号' },
    ...{ firmware: '固件', health: '健康', onBus: '总线上的数量', service: '服务', version: '版本' },
    ...{ model: '模型', publisher: '发布方', state: '状态', image: '镜像' },
    ...{ seen: '所见', utilization: '利用率', result: '结果' },
    ...{ question: '问题', answer: '回答摘要', users: '并发用户', goodShare: '达标比例' },
    ...{ wanted: '约定', rate: '输出', requests: '请求', failed: '失败', duration: '时长' },
    ...{ warmest: '最高温度', power: '最大功率', firstPart: '前四分之一', lastPart: '后四分之一' },
    ...{ unseen: '未监测到', by: '测量人', at: '开始时间', console: '控制台', fingerprint: '公钥指纹' },
    ...{ digest: '文档 SHA-256', signature: '签名（Ed25519）', name: '姓名', date: '日期' },
    ...{ signed: '签字', tokens: 'token 数', set: '检查内容' },
  },
  settings: ({ users, inputTokens, outputTokens, ttftLimitMs, tpotLimitMs, seconds, soakSeconds }) => {
    const soak =
      soakSeconds === 0 ? '不做持续负载测试' : `之后所有模型同时持续负载 ${durationText(soakSeconds * 1000, 'zh-CN')}`
    return `${users} 个并发用户，提示词约 ${inputTokens} token，回答 ${outputTokens} token；TTFT p95 ≤ ${timeText(ttftLimitMs)}，TPOT p95 ≤ ${timeText(tpotLimitMs)}；每个模型测 ${seconds} 秒，${soak}。`
  },
  demo: '演示：这台服务器是模拟的，本页只是样例，不证明任何事情。',
  nothing: '无',
  notRead: (why) => `读不到：${why}`,
  howToCheck: [
    '单独一个文件不能证明什么：请把文档（.json）和签名（.sig.json）放在一起。在任意一台装有 Rackside 的电脑上运行：',
    '也可以只用 OpenSSL 3：取签名文件中的 publicKey 与 signature（十六进制），用 Ed25519 校验文档的原始字节。公钥指纹请通过其他渠道与供应商核对。',
  ],
  unsigned: '未签名：本页只是检测报告，不是证书。',
  signHere: { hospital: '医院', vendor: '供应商' },
  figures: {
    'ttft-p50': 'TTFT 中位数',
    'ttft-p95': 'TTFT p95',
    'tpot-p50': 'TPOT 中位数',
    'tpot-p95': 'TPOT p95',
    'e2e-p95': 'E2E p95',
    'output-rate': '输出 token',
    'good-share': '达标比例',
    'soak-rate': '持续负载下的输出',
    'highest-celsius': '最高温度',
  },
  begins: (id, settings) => `${id}：${acceptance.settings(settings)}`,
  stage: (name) => name,
  progress: (name, about, percent) => `${name}${about === '' ? '' : `，${about}`}：${percent} %`,
  kept: (id) => `已保存为 ${id}。rackside acceptance show ${id} --out 文件夹 可写出文档、签名和网页。`,
  stopping: '正在停止。不完整的验收不作数，不会保存。',
  noneKept: '还没有做过验收：rackside acceptance run 服务器。',
  head: ({ acceptanceId, startedAt, appliance, settings, verdict, refusals, open }) => {
    const points = verdict === 'refused' ? `，${refusals} 项不合格` : open > 0 ? `，${open} 项待确认` : ''
    return `${acceptanceId}  ${startedAt.slice(0, 16)}Z  ${appliance.host}:${appliance.port}  ${settings.users} 并发  ${acceptance.verdicts[verdict]}${points}`
  },
  written: (folder, names) => `已写入 ${folder}：${names}`,
  valid: (id, at, verdict) => `真实有效：${id}，${at}。${verdict}。`,
  fingerprint: (fingerprint) => `签名公钥 ${fingerprint}`,
  keys: {
    own: '这是本控制台自己的密钥。',
    known: '本控制台以前见过用这把密钥签的证书。',
    first: '本控制台第一次见到这把密钥。请通过其他渠道与供应商核对：签名只说明之后没有被改动。',
  },
  otherKey: (fingerprint) =>
    `注意：这台服务器以前的证书是用另一把密钥签的（${fingerprint}）。请问清是谁、为什么换了密钥。`,
  notThatKey: (wanted, found) => `文档未被改动，但签名用的是另一把密钥：${found}，不是 ${wanted}。`,
  faults: {
    'not-a-certificate': '文档里的内容不是验收证书。',
    'not-a-signature': '签名文件里的内容不是验收证书的签名。',
    changed: '文档在签名之后被改动过：其中任何数字都不能采信。',
    'signature-wrong': '签名与文档、公钥对不上。',
    newer: '由更新版本的 Rackside 生成：请升级后再核验。',
  },
  otherMachine: '这是两台不同的服务器。',
  otherSettings: (names) =>
    `两次测量的设置不同，数值差异也可能由此而来：${names.map((one) => settingNames[one]).join('、')}。`,
  changed: (what, before, after) => `${what}：${before === '' ? '-' : before} → ${after === '' ? '-' : after}`,
  came: '新出现的项',
  gone: '已消除的项',
  same: '除测量本身的波动外没有变化。',
}
