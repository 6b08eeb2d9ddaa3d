// 简体中文：服务端口的文字。
export const ports = {
  title: '服务端口',
  some: '共 {{all}} 个，其中 {{other}} 个由人选定',
  lead: '各服务使用一体机自身的这些端口。选定后一直沿用，直到有人更改。更改后会重新制定计划。',
  of: '{{service}} 使用的端口',
  range: '应为 1024 至 65535 之间的整数。',
  twice: '已由 {{service}} 使用。',
  source: { default: '方案默认。', kept: '沿用之前的选择。', chosen: '本次选择。' },
  back: '恢复为 {{port}}',
  plan: '按这些端口制定计划',
  take: '改用端口 {{port}}（{{service}}）',
}
