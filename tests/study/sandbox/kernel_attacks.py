"""Ways through calls of the kernel that few programs use: memory nobody counts, and other people.

Numbers of system calls are those of x86_64; each attack prints ESCAPED where it got through.
"""

from tests.study.sandbox.attacks import Attack

KERNEL = [
    Attack(
        "empties a file with the access mode that asks for nothing",
        "for path in ('@HOME@/key', '@READABLE@', '@HOME@/socket'):\n"
        "    for flags in (3 | os.O_TRUNC, 3 | os.O_TRUNC | os.O_NOFOLLOW):\n"
        "        tried(lambda: (os.open(path, flags), print('ESCAPED', path)))\n"
        "        if call(2, path.encode(), flags, 0) >= 0: print('ESCAPED', path)",
    ),
    Attack(
        "keeps whole huge pages by splicing a corner of each into a pipe",
        "import mmap\n"
        "size = 32 << 20\n"
        "block = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
        "block.madvise(mmap.MADV_HUGEPAGE)\n"
        "start = ctypes.addressof(ctypes.c_char.from_buffer(block))\n"
        "ends = os.pipe()\n"
        "for at in range(0, size, 2 << 20):\n"
        "    block[at] = 1\n"
        "    got = call(278, ends[1], struct.pack('QQ', start + at, 4096), 1, 2)\n"
        "    if got > 0: print('ESCAPED', got)",
    ),
    Attack(
        "keeps pages of a file that is gone in sockets, a byte of each",
        "with open('f', 'wb') as file: file.write(bytes(4 << 20))\n"
        "file = os.open('f', os.O_RDWR)\n"
        "ends, pipe, kept = socket.socketpair(), os.pipe(), 0\n"
        "ends[0].setblocking(False)\n"
        "for at in range(0, 4 << 20, 4096):\n"
        "    try: kept += os.sendfile(ends[0].fileno(), file, at, 1)\n"
        "    except OSError: pass\n"
        "    try:\n"
        "        os.splice(file, pipe[1], 1, offset_src=at, flags=2)\n"
        "        kept += os.splice(pipe[0], ends[0].fileno(), 1, flags=2)\n"
        "    except OSError: pass\n"
        "os.ftruncate(file, 0)\n"
        "if kept: print('ESCAPED', kept, 'pages')",
    ),
    Attack(
        "answers the page faults of the kernel itself",
        "for flags in (0, 1, 0o2000000, 0o4001):\n"
        "    if call(323, flags) >= 0: print('ESCAPED')\n"
        "tried(lambda: (os.open('/dev/userfaultfd', os.O_RDWR), print('ESCAPED')))",
    ),
    Attack(
        "works through a ring that no filter looks into",
        "about = ctypes.create_string_buffer(120)\n"
        "for flags in (0, 2, 1 << 14):\n"
        "    struct.pack_into('I', about, 8, flags)\n"
        "    if call(425, 4, about) >= 0: print('ESCAPED', flags)\n"
        "for handle in range(64):\n"
        "    if call(426, handle, 1, 0, 0, 0, 0) >= 0: print('ESCAPED enter')\n"
        "    if call(427, handle, 0, 0, 0) >= 0: print('ESCAPED register')",
    ),
    Attack(
        "reads and fills the keyrings of the account",
        "for ring in (-1, -2, -3, -4, -5, -8):\n"
        "    if call(250, 0, ring, 1) > 0: print('ESCAPED ring', ring)\n"
        "    if call(250, 11, ring, None, 0) >= 0: print('ESCAPED read', ring)\n"
        "    if call(248, b'user', b'planted', b'x', 1, ring) > 0: print('ESCAPED key', ring)\n"
        "if call(249, b'user', b'planted', None, -4) > 0: print('ESCAPED request')\n"
        "if call(250, 1, None) > 0: print('ESCAPED session')",
    ),
    Attack(
        "takes hold of a process by a handle",
        "for pid in (@SENTINEL@, os.getppid(), 1):\n"
        "    handle = call(434, pid, 0)\n"
        "    if handle < 0 or pid == 1: continue\n"
        "    for number in range(1, 65):\n"
        "        if call(424, handle, number, None, 0) == 0: print('ESCAPED signal', pid)\n"
        "    for there in range(8):\n"
        "        if call(438, handle, there, 0) >= 0: print('ESCAPED handle', pid)\n"
        "    for flag in (0x10000000, 0x40000000, 0x20000, 0x20000000):\n"
        "        if call(308, handle, flag) == 0: print('ESCAPED namespace', pid)\n"
        "    if call(440, handle, struct.pack('QQ', 0, 4096), 1, 21, 0) >= 0: print('ESCAPED')\n"
        "    if call(448, handle, 0) == 0: print('ESCAPED release')",
    ),
    Attack(
        "locks all memory that it will ever have",
        "call(151, 1 | 2 | 4)\n"
        "import mmap\n"
        "blocks = []\n"
        "for n in range(64):\n"
        "    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x2000\n"
        "    try: blocks.append(mmap.mmap(-1, 64 << 20, flags=flags))\n"
        "    except OSError: break\n"
        "    for at in range(0, 64 << 20, 4096): blocks[-1][at] = 1\n"
        "locked = open('/proc/self/status').read().partition('VmLck:')[2].split()[0]\n"
        "if len(blocks) > 50 or int(locked) > 1 << 20: print('ESCAPED', locked)",
        ("ok", "error", "killed"),
        20.0,
    ),
    Attack(
        "makes message queues that outlive it",
        "about = struct.pack('QQQQQQQQ', 0, 10, 8192, 0, 0, 0, 0, 0)\n"
        "for name in (b'residual-planted', b'q', b'/q'):\n"
        "    if call(240, name, os.O_CREAT | os.O_RDWR, 0o600, about) >= 0: print('ESCAPED')\n"
        "    if call(241, name) == 0: print('ESCAPED unlink')\n"
        "tried(lambda: (open('/dev/mqueue/planted', 'w'), print('ESCAPED')))",
    ),
    Attack(
        "takes of the machine's huge pages, which count for nobody",
        "libc.mmap.restype = ctypes.c_void_p\n"
        "for flags in (0x22, 0x22 | 0x8000):\n"
        "    for size in (0, 21 << 26, 30 << 26):\n"
        "        flags |= 0x40000 | size\n"
        "        got = libc.mmap(None, ctypes.c_size_t(2 << 20), 3, flags, -1, 0)\n"
        "        if ctypes.get_errno() != 1: print('ESCAPED: the kernel was asked', got)",
    ),
    Attack(
        "takes the watches of epoll that an account has",
        "taken, held = 0, [os.pipe()[0] for _ in range(60)]\n"
        "for n in range(100):\n"
        "    rings = call(291, 0)\n"
        "    if rings < 0: break\n"
        "    for handle in held:\n"
        "        if call(233, rings, 1, handle, struct.pack('=IQ', 1, 0)) == 0: taken += 1\n"
        "if taken > 1000: print('ESCAPED', taken)",
    ),
    Attack(
        "floods the kernel with rules of Landlock",
        "handled, rules = struct.pack('QQQ', (1 << 13) - 1, 0, 0), 0\n"
        "ruleset = call(444, handled, 8, 0)\n"
        "for folder, _, names in os.walk('/usr/lib'):\n"
        "    for name in names:\n"
        "        if ruleset < 0 or rules > 2000: break\n"
        "        there = tried(lambda: os.open(os.path.join(folder, name), os.O_PATH))\n"
        "        if there is None: continue\n"
        "        if call(445, ruleset, 1, struct.pack('=Qi', 4, there), 0) == 0: rules += 1\n"
        "        os.close(there)\n"
        "if rules > 100: print('ESCAPED', rules)",
    ),
    Attack(
        "piles filters of its own and listens to system calls",
        "code = struct.pack('HBBI', 6, 0, 0, 0x7FFF0000)\n"
        "held = ctypes.create_string_buffer(code)\n"
        "program = struct.pack('HxxxxxxQ', 1, ctypes.addressof(held))\n"
        "if call(317, 1, 8, program) >= 0: print('ESCAPED listener')\n"
        "piled = sum(call(157, 22, 2, program, 0, 0) == 0 for _ in range(500))\n"
        "if piled > 1: print('ESCAPED', piled)",
    ),
    Attack(
        "becomes somebody else by a program that may",
        "for name in ('su', 'mount', 'passwd', 'newgrp', 'chsh', 'sudo', 'newuidmap', 'ping'):\n"
        "    try: subprocess.run([f'/usr/bin/{name}', '--version'], capture_output=True)\n"
        "    except OSError: pass\n"
        "about = open('/proc/self/status').read()\n"
        "if 'NoNewPrivs:\\t1' not in about: print('ESCAPED: new privileges')\n"
        "if int(about.partition('CapEff:')[2].split()[0], 16): print('ESCAPED: capabilities')\n"
        "for act in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.chroot('.')):\n"
        "    tried(lambda: (act(), print('ESCAPED')))",
    ),
    Attack(
        "lists what the machine has mounted",
        "libc.syscall.restype = ctypes.c_long\n"
        "asked = struct.pack('=IIQQQ', 32, 0, 0xFFFFFFFFFFFFFFFF, 0, 0)\n"
        "found = (ctypes.c_uint64 * 100)()\n"
        "if call(458, asked, found, 100, 0) > 0: print('ESCAPED', found[0])\n"
        "asked = struct.pack('=IIQQQ', 32, 0, found[0], 0x3F, 0)\n"
        "if call(457, asked, ctypes.create_string_buffer(4096), 4096, 0) == 0: print('ESCAPED')\n"
        "for path in ('/proc/mounts', '/proc/self/mountinfo'):\n"
        "    text = tried(lambda: open(path).read()) or ''\n"
        "    if 'residual-world' in text or '@HOME@' in text: print('ESCAPED', path)",
    ),
    Attack(
        "leaves the kernel to choose whom to end when memory is short",
        "for value in ('-1000', '0'):\n"
        "    tried(lambda: open('/proc/self/oom_score_adj', 'w').write(value))\n"
        "said = tried(lambda: open('/proc/self/oom_score').read())\n"
        "if said is not None and int(said) < 1000: print('ESCAPED', said)",
    ),
    Attack(
        "opens files by their number instead of their name",
        "space = ctypes.create_string_buffer(struct.pack('Ii', 128, 0) + bytes(128))\n"
        "number = ctypes.c_int()\n"
        "for path in (b'@HOME@/key', b'.'):\n"
        "    if call(303, -100, path, space, ctypes.byref(number), 0) == 0: print('ESCAPED')\n"
        "    if call(304, os.open('.', os.O_RDONLY), space, 0) >= 0: print('ESCAPED')",
    ),
    Attack(
        "moves memory of others between nodes and asks where their files are",
        "node, place = struct.pack('Q', 1), ctypes.byref(ctypes.c_long())\n"
        "for pid in (@SENTINEL@, os.getppid()):\n"
        "    if call(279, pid, 0, None, None, None, 0) >= 0: print('ESCAPED move')\n"
        "    if call(256, pid, 64, node, node) >= 0: print('ESCAPED')\n"
        "    if call(312, pid, os.getpid(), 0, 0, 0) >= 0: print('ESCAPED compare')\n"
        "if call(274, @SENTINEL@, place, place) == 0: print('ESCAPED', 'list of locks')",
    ),
]
