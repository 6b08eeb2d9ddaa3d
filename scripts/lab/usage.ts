// What `npm run lab -- help` prints.
import { imageStores } from './machine/image-store.ts'
import { acceleratorKinds, defaultAccelerators } from './stand-ins/accelerator-kinds.ts'

export const usage = `npm run lab -- COMMAND [--json]     (root; Linux)

  up [NAME... | --count N] [--accelerators KIND] [--image-store ${imageStores.join('|')}]
                                         appliances 1..N (or these) running; KIND: ${acceleratorKinds.join(', ')}
                                         (new ones get ${defaultAccelerators} and the classic store; without the
                                         options others keep theirs)
  down [NAME]                            remove one, or all and the lab's network; disks included
  kill NAME                              power cut; the disk stays
  boot NAME                              boot again from the same disk
  list                                   what is there
  exec NAME -- WORDS...                  run a command inside as root
  fault NAME cut | uncut                 drop every packet between host and appliance
  fault NAME cut after BYTES [silently]  end each new connection after so many bytes; uncut is the undo
  fault NAME slow to MBITS | undo        no more than this many Mbit/s from host to appliance
  fault NAME disk full [PATH [MIB]] | undo
                                         less than 20 MiB, or so many, free at PATH (/var/lib/rackside)
  fault NAME sshd no-forwarding | no-sftp | hardened | forced-command | undo
  fault NAME sshd one-session | two-sessions | two-startups | frozen | undo
  fault NAME tools garbage | hang | stuck | mismatch | lost | denied | alarm [TOOL]
  fault NAME tools undo                  of one vendor's tool, or of all; undo is of all
  fault NAME docker gone | undo
  fault NAME docker killed               dockerd and containerd, with SIGKILL
  fault NAME clock fast SECONDS | slow SECONDS | undo
                                         what date says is so far off
  fault NAME systemd gone | undo         for whoever logs in after it; Docker goes on
  artifacts [--extra-weights-mib N] [--extra-image-mib N] [--families] [--search] [--parts]
                                         make the offline folder, print where it is and the command that sets each
                                         running appliance up; with three models behind a gateway; with models for
                                         embeddings and reranking; with an app of several containers
  model-folder [--model-version N]       the same with a model in safetensors, and a program that reads it
  rebuild                                build the base image again`
