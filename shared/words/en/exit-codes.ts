// English: what the numbers mean with which commands end.
export const exitCodes = `Exit codes: 0 done and healthy; 1 a defect of rackside; 2 wrong usage; 3 cancelled; 4 plan not approved;
5 refused input; 6 a vendor's project cannot be used, 7 not the passphrase of its keys;
8 a channel for alerts did not take a message; 9 an image of a bundle is refused;
10-29 connection (12 host key unknown, 13 changed, 14 not the given one,
15 login refused, 20 no root, 24 host key revoked, 25 another machine, 26 questions to answer);
30-39 the server (32 no Docker, 35 nothing fits, 36 memory, 37 disk, 38 port taken,
39 something there is left as it is);
40-48 the bundle (46 made for the demo only, 47 no such version kept); 49 another publisher installed what would be replaced;
50-59 the run (52 another run, 53 disk full, 55 a step failed, 56 not ready,
58 the package manager is at work, 59 restart the server first); 98 the service is busy;
60-69 this console (67 window refused, 68 port busy, 69 no browser); 70 degraded, 71 down, 72 unknown,
73 no fresh data; 74 no desktop window; 75 no such demo appliance, 76 it cannot be started;
77-84 the vault (77 locked, 78 none yet, 80 wrong passphrase); 85 a name was not confirmed; 86 known hosts unusable;
87 SSH config unusable; 88 only watched, 89 no watch helper there;
90 the login is in use, 91 no key can be added there; 92-94 recordings;
95 this computer runs no Linux; 96 no such rollout, 97 a machine under two names, 99 who was to be first cannot be set up;
a fleet ends with the code of the first appliance that is not well, and with 0 only if all are healthy;
100 the doctor found an error, 101 a warning; 102 a host had to be typed; 103 too few inodes; 104 this console is at work there;
105 something that runs as root was not allowed, 106 licence terms were not accepted;
107 no hard link can be made there, 108 nobody agreed to what is opened; 109 a setting is not allowed;
110 nobody agreed to a privilege; 111 a job or a probe failed; 112 which model an app asks; 113 a certificate that cannot be used;
114-117 the publisher (114 unknown, 115 its key changed, 116 not the key given, 117 not trusted here);
118 the bundle is not trusted, 119 it has expired; 120 a file that is no bundle, 121 pieces of a bundle are missing or damaged,
122 a bundle that was not imported, 123 an artifact that cannot be fetched, 124 artifacts that a bundle would lack;
125 a version was taken back; 200-209 nobody is signed in, or the person may not do this;
210 the audit is not as it was written, 211 no audit to read, 212 done but its end is not in the audit, 213 a checkpoint was not exported;
214 the identity provider cannot be used, 215 it let nobody in, 216 no operator is bound to that person; 217 a recorder cannot tell that channel;
220 a backup that cannot be used, 221 not its passphrase, 222 a folder that is not restored into;
223 an update that is not taken; 224 a port that cannot be chosen, 225 a folder is missing; 249 not served over the network, 250 not now;
130 left at once by a second Ctrl-C.`
