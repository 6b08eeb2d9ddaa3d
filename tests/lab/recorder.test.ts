// The recorder on a real appliance: it comes with a set-up that asks for it, measures while no console is open, gives what
// it measured to a console that comes back, survives a restart, and leaves no trace (P66, P67).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  pause,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'

const ring = '/var/lib/rackside/recorder/ring'
const unit = 'rackside-recorder.service'

describe('the recorder', () => {
  let appliance: LabAppliance
  let folder: string
  let before = ''
  const console = new TestConsole()
  const sh = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const recorder = (act: string, by = console) => {
    const { user, address, port, identityFile, hostKeyFingerprint } = appliance
    const there = [`ssh://${user}@${address}:${port}`, '--identity', identityFile, '--fingerprint', hostKeyFingerprint]
    return by.startWords('recorder', act, ...there, '--json').ended
  }
  /** Of what Rackside and systemd have there: everything but the journal of the runs and the time of folders. */
  const tree = () =>
    sh(
      "find /etc /usr/local /opt /srv /var/lib/rackside -not -path '*/journal/*' -not -name lock -printf '%p %y %m %U:%G %l\\n' | sort; systemctl list-unit-files --no-legend | sort",
    )

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance('nvidia-h20x8')
    const plain = await console.setup(appliance, folder).ended
    expect(plain.code, plain.errors).toBe(0)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  it('is one step of a set-up that asks for it, and of no other', async () => {
    expect(await recorder('show')).toMatchObject({ code: 0, json: { recorder: null } })
    before = await tree()
    const asked = await console.setup(appliance, folder, '--record').ended
    expect(asked, asked.errors).toMatchObject({ code: 0, json: { verdict: 'healthy', changed: 1 } })
    expect(await sh(`systemctl is-active ${unit}; systemctl is-enabled ${unit}; stat -c '%a %U' ${ring}`)).toBe(
      'active\nenabled\n700 root',
    )
  })

  it('measures while no console is open, and a console gets it once', async () => {
    await pause(45_000)
    const other = new TestConsole()
    try {
      const fetched = await recorder('fetch', other)
      expect(fetched).toMatchObject({ code: 0, json: { there: true } })
      expect(Number(fetched.json['samples'])).toBeGreaterThanOrEqual(4)
      // Eight accelerators and the host: cpu but for the first, two of memory, six of each device.
      expect(Number(fetched.json['stored'])).toBeGreaterThan(Number(fetched.json['samples']) * 40)
      const again = await recorder('fetch', other)
      expect(Number(again.json['samples'])).toBeLessThanOrEqual(1)
    } finally {
      other.remove()
    }
  })

  it('costs next to nothing', async () => {
    // Its own time and that of all its children that have ended, in hundredths of a second.
    const ofMain = `/proc/$(systemctl show --property=MainPID --value ${unit})/stat`
    const used = async () => Number(await sh(`awk '{ print $14 + $15 + $16 + $17 }' ${ofMain}`))
    const [first, began] = [await used(), performance.now()]
    await pause(40_000)
    const share = (((await used()) - first) * 10) / (performance.now() - began)
    globalThis.console.log(`the recorder takes ${(share * 100).toFixed(2)} % of one core`)
    expect(share).toBeLessThan(0.1)
  })

  it('goes on after it was killed, and says so when somebody changed it', async () => {
    await sh(
      `systemctl kill --signal=KILL ${unit}; systemctl restart ${unit}; sleep 3; echo '# theirs' >>/var/lib/rackside/recorder/recorder.sh`,
    )
    expect(await recorder('show')).toMatchObject({ json: { recorder: { running: true, script: 'other' } } })
    expect((await console.setup(appliance, folder, '--record').ended).json).toMatchObject({ changed: 1 })
    expect(await recorder('show')).toMatchObject({ json: { recorder: { running: true, script: 'as-wanted' } } })
  })

  it('goes by a command of its own, and leaves the server as it was without it', async () => {
    expect(await recorder('off')).toMatchObject({ code: 0, json: { removed: true } })
    expect(await tree()).toBe(before)
    expect(await recorder('off')).toMatchObject({ code: 0 })
  })

  it('goes with an uninstall, without a trace', async () => {
    expect((await console.setup(appliance, folder, '--record').ended).json).toMatchObject({ changed: 1 })
    const { code, errors } = await console.run('uninstall', appliance, '--yes', '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    const left = [
      'ls -d /var/lib/rackside /etc/systemd/system/*rackside-rec* 2>/dev/null',
      'ls -A /etc/systemd/system/multi-user.target.wants | grep rackside-rec',
      "systemctl list-units --all --no-legend '*rackside-rec*'; ps -eo args= | grep '[r]ecorder.sh'; true",
    ]
    expect(await sh(left.join('; '))).toBe('')
  })
})
