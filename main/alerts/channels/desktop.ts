// A notification of this computer. The shell with a window brings the means; without one nobody would see it.
import { refusedWith, type Send, withinDeadline } from './channel.ts'

export const sendDesktop: Send<'desktop'> = (_way, out, tools) =>
  withinDeadline(tools, async () => {
    const { notify } = tools
    if (notify === undefined) return { ok: false, problem: 'unreachable', detail: 'no window' }
    const isUrgent = out.severity === 'critical' && !out.isOver
    return (await notify({ title: out.title, body: out.lines.join('\n'), isUrgent }))
      ? { ok: true }
      : refusedWith('not shown')
  })
