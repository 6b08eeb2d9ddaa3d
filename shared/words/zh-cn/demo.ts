// Chinese: what the CLI says about demo appliances.
import type { DemoWords } from '../words.ts'

export const demo: DemoWords = {
  line: (text) => `演示  ${text}`,
  called: (name) => `${name}（演示）`,
  stages: {
    create: '创建',
    detect: '检测',
    plan: '计划',
    approve: '批准',
    setup: '部署',
    verify: '验证',
    watch: '监测',
    drill: '演练 kill-runtime',
    recover: '恢复',
    'plan-again': '再次计划',
    remove: '移除',
  },
  took: (line, seconds) => `${line}（${seconds} 秒）`,
  created: (name, preset) => `${name}（${preset}），本机上的模拟服务器`,
  approved: '已批准',
  changed: (changed, unchanged, sent) => `${changed} 项已变更，${unchanged} 项已满足，传输 ${sent}`,
  watched: (samples, devices, highest) => `${devices} 张加速卡，${samples} 次采样，最高利用率 ${highest}`,
  removed: (name) => `${name} 已移除`,
  drills: '演练',
  reach: ({ host, port, user }) => `ssh -p ${port} ${user}@${host}（密码 demo）`,
  stays: (name) => `${name} 已保留：用“rackside status ${name}”查看，用“rackside demo remove ${name}”移除`,
  bundle: (folder) => `其离线包：${folder}`,
  setUpWith: (command) => `部署：${command}`,
  over: (seconds) => `完成，用时 ${seconds} 秒：已部署、验证、演练故障并恢复`,
}
