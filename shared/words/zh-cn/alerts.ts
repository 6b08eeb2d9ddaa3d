// 简体中文：告警。
import type { AlertText, AlertWords } from '../alert-words.ts'

const of = (subject: string, text: string) => (subject === '' ? text : `${subject}：${text}`)
const text = (title: string, fix: string): AlertText => ({ title: (subject) => of(subject, title), fix })

export const alerts: AlertWords = {
  rules: {
    'device-lost': text(
      '加速卡无应答',
      '请查看该一体机的诊断结果。若加速卡已掉线，请在可中断时重启服务器；若再次发生，请联系厂商。',
    ),
    'device-ill': text('加速卡报告硬件告警', '请在诊断结果中查看故障码并联系厂商。若有其他加速卡，请将模型迁移过去。'),
    'ecc-errors': text('出现无法纠正的显存错误', '回答可能有误。请在可中断时复位该卡；若再次出现错误，请更换。'),
    temperature: text('加速卡温度过高', '请检查风扇、滤网和机房温度。'),
    throttling: text('加速卡因温度或供电而降频', '请检查服务器散热和两路电源。诊断结果会列出具体的卡。'),
    'device-memory-full': text(
      '加速卡显存已满',
      '请求即将失败。请查看哪些服务共用该卡，并减小上下文长度或并发用户数。',
    ),
    'host-memory': text('服务器内存即将耗尽', '请查看哪个进程占用内存。除已部署的服务外，不应运行其他程序。'),
    'host-swap': text(
      '服务器所需内存超过物理内存',
      '正在使用交换空间，整机变慢。请查看哪个进程占用增长，结束该进程，或将服务迁移到其他一体机。',
    ),
    'host-temperature': text('服务器处理器温度过高', '请检查风扇、滤网和机房温度。同一机箱内的加速卡也会随之升温。'),
    'disk-full': text('磁盘即将写满', '请清理旧离线包、保留的版本和日志。写满后服务将停止。'),
    'disk-full-soon': text('磁盘不久将写满', '请查看是什么在增长，并在影响服务之前腾出空间。'),
    'clock-off': text('服务器时钟有误', '请与院内时间服务器配置时间同步（chrony）。登录和证书均依赖时钟。'),
    'engine-silent': text(
      '容器引擎无响应',
      '无法得知各服务状态。请检查服务器上的 Docker（systemctl status docker）及磁盘，并运行“体检”。',
    ),
    'runtime-down': text('服务无应答', '请查看其状态和日志。若未自行恢复，请重启或回退到上一版本。'),
    'probe-wrong': text('服务有应答，但回答不正常', '请查看其状态。恢复正常之前，请勿依赖其回答。'),
    'canary-failed': text(
      '对固定测试题的回答不合格',
      '请查看是哪几题（rackside canary list 服务器，rackside canary show）。在此之前请勿依赖其回答；若是升级后出现，请回退到上一版本。',
    ),
    'slow-first-token': text(
      '每二十个请求中有一个首字过慢',
      '请查看排队和负载。常见原因：用户多于预期、提问过长、加速卡降频。',
    ),
    'slow-answer': text('测试问题的首字过慢', '请查看排队和负载。若无人使用，请检查加速卡的温度和频率。'),
    'queue-growing': text('请求正在排队', '请查看请求来源。可错峰使用，或为该服务增加加速卡。'),
    'kv-full': text('会话缓存（KV）已满', '新请求需等待。请减少并发用户数或缩短上下文。'),
    'version-taken-back': text('正在运行的版本已被发布者撤回', '请查看该部署的撤回原因，并安装发布者指定的版本。'),
    'certificate-ends-now': text(
      '局域网入口的证书数日内到期或已到期，届时浏览器将拒绝访问',
      '由一体机生成的证书：请续期（rackside certificate 服务器 --renew，或在一体机的“访问”页操作）。院方证书：请重新签发并启用。',
    ),
    'certificate-ends': text(
      '局域网入口的证书将在一个月内到期',
      '由一体机生成的证书：请续期（rackside certificate 服务器 --renew，或在一体机的“访问”页操作）。院方证书：请重新签发并启用。',
    ),
    'expiry-near': text('该发布者的离线包有效期即将到期或已到期', '请向该发布者索取并导入较新的离线包。'),
    'no-data': text('收不到该一体机的数据', '请检查其电源和网络。若机器正常，请在控制台测试连接。'),
  },
  severities: { info: '提示', warning: '警告', critical: '严重' },
  amounts: {
    celsius: (n) => `${n} °C`,
    share: (n) => `${n} %`,
    days: (n) => `${n} 天`,
    seconds: (n) => `${n} 秒`,
    requests: (n) => `${n} 个请求`,
  },
  subjects: (names, others) => `${names.join('、')}${others === 0 ? '' : ` 等 ${names.length + others} 项`}`,
  kinds: { fired: '', again: '仍未恢复', escalated: '尚无人确认', over: '已结束', test: '测试' },
  labels: {
    ...{ appliance: '一体机', since: '开始时间', until: '结束时间', value: '当前值', limit: '阈值', fix: '处理建议' },
    sender: 'Rackside',
  },
  test: { title: '通知渠道测试', body: '有人从控制台测试告警能否送达此处。已送达，无需其他操作。' },
  over: { cleared: '已恢复正常', gone: '对象已不存在', unseen: '一天内无法查看' },
  flapping: (times) => `结束后又出现了 ${times} 次。`,
  channels: {
    ...{ smtp: '邮件', webhook: 'Webhook', wecom: '企业微信机器人', dingtalk: '钉钉机器人', feishu: '飞书机器人' },
    ...{ syslog: 'syslog', snmp: 'SNMP Trap', desktop: '本机通知' },
  },
  lists: { first: '首批通知', second: '无人确认时通知' },
  problems: {
    unreachable: '无法连接',
    refused: '对方拒绝了消息',
    'too-slow': '未在时限内应答',
    'not-trusted': '其证书不受信任',
    'not-now': '其密钥在已锁定的保险库中',
    'no-secret': '其密钥不在保险库中',
  },
  quiets: { silence: '静默', maintenance: '维护' },
  cli: {
    none: '没有告警。',
    acknowledgedBy: (who) => `已由 ${who} 确认`,
    acknowledged: (id) => `已确认 ${id}：不再重复通知。`,
    quietUntil: (what, until) => `${what}：在 ${until} 之前不通知任何人。`,
    quietEnded: (id) => `${id} 已结束：恢复通知。`,
    noChannels: '不会通知任何人：没有通知渠道。',
    lastSent: (time) => `上次发送 ${time}`,
    waiting: (count) => `${count} 条待发`,
    lost: (count) => `${count} 条未送达`,
    trouble: (problem, detail, since) => `${problem}${detail === '' ? '' : `（${detail}）`}，自 ${since} 起`,
    saved: (channel) => `已保存 ${channel}。测试：rackside alerts test ${channel}`,
    removed: (channel) => `已删除 ${channel}。`,
    sent: (channel) => `${channel} 已接收消息。`,
    everything: '全部告警',
    everywhere: '全部一体机',
  },
}
