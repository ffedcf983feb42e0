package dev.tophalf.shell.repl

/** A session on a pipe: results and nothing else. */
class PipeSpec extends PromptSpecification {
    def "a driver is loaded, used and unloaded"() {
        expect:
        printed("insmod ${driver()}", 'lsmod', 'button0 press', 'cat button0/presses', 'echo 5 > button0/step',
                'button0 press', 'cat button0/presses', 'rmmod counter', 'lsmod') == [
            '[    0.000000] counter 10001000.button: ready',
            'counter  counter.groovy',
            '1',
            '6',
        ]
    }

    def "parameters stand behind their module's file, and modinfo tells what there are"() {
        given:
        def path = driver()
        new File(path).append('int debug = 1\nmodule_param(debug, int, 0644)\nMODULE_PARM_DESC(debug, "how much to say")\n')

        expect:
        printed("insmod $path debug=7 odd=1", 'cat /sys/module/counter/parameters/debug',
                'echo 9 > /sys/module/counter/parameters/debug', 'reload', 'cat /sys/module/counter/parameters/debug',
                'modinfo counter') == [
            "[    0.000000] counter: unknown parameter 'odd' ignored",
            '[    0.000000] counter 10001000.button: ready',
            '7',
            "[    0.000000] counter: unknown parameter 'odd' ignored",
            '[    0.000000] counter 10001000.button: ready',
            '7',
            'filename  counter.groovy',
            'license   GPL',
            'parm      debug: how much to say (int), is 7',
        ]
    }

    def "a module is not loaded with a parameter that cannot be"() {
        given:
        def path = driver()
        new File(path).append('int debug = 1\nmodule_param(debug, int, 0644)\n')

        expect:
        printed("insmod $path debug=much", 'lsmod', 'modinfo counter') == [
            "[    0.000000] counter: `much' invalid for parameter `debug'",
            'insmod: could not insert module counter.groovy: Invalid argument',
            'modinfo: counter: is not loaded; no module is loaded',
        ]
    }

    def "'#line' prints #lines"() {
        expect:
        printed(line) == lines

        where:
        line                              || lines
        '2 + 3'                           || ['=> 5']
        '2 + 3;'                          || ['=> 5']
        'null'                            || []
        '[3, 1].collect { it * 2 }'       || ['=> [6, 2]']
        '[a: [1, 2], b: null]'            || ["=> ['a': [1, 2], 'b': NULL]"]
        'int n = 3; n * 2'                || ['=> 6']
        "'a\\tb'"                         || ["=> 'a\tb'"]
        'GFP_KERNEL == GFP_ATOMIC'        || ['=> false']
        'printk("hi\\n")'                 || ['[    0.000000] hi', '=> 3']
        'msleep(1)'                       || []
        'static int one() { return 1 }'   || []
        'request_irq(99, null, 0, "x", null)' || ['=> -22 (-EINVAL)']
        '# nothing'                       || []
        '// nothing'                      || []
        ''                                || []
        'echo a  "b  c" \\> # d'          || ['a b  c >']
        'echo -n'                         || []
        'lsmod;'                          || []
        'ls /sys/bus'                     || ['platform/']
        'ls button0'                      || []
        'findings'                        || ['no findings']
        'ps'                              || ['no tasks']
        'dmesg'                           || ['[    0.000000] Linux version 6.12.0-tophalf']
    }

    def "names of earlier lines stay, and a later one of the same name takes over"() {
        expect:
        printed('int n = 40', 'static int twice(int x) { return 2 * x }', 'n += 1', 'twice(n)', "String n = 'x'", 'n',
                'class pair { int a; spinlock_t lock }', 'pair p', 'p') - '=> 41' == ['=> 82', "=> 'x'"]
    }

    def "a struct is shown by its members, the same in every session"() {
        expect:
        printed('class pair { int a; long b; spinlock_t lock; device dev }', 'pair p = kzalloc(pair, GFP_KERNEL)',
                'p.b = 7', 'p').last() == '=> pair#1 {a: 0, b: 7, lock: not initialised, dev: NULL}'
    }

    def "what only functions can tell of a struct is shown, too"() {
        expect:
        printed('class users { atomic_t opens; refcount_t refs; mutex m }', 'users u = [opens: ATOMIC_INIT(3), refs: REFCOUNT_INIT(1)]',
                'mutex_init(u.m)', 'u', 'u.opens').takeRight(2) == ['=> users {opens: 3, refs: 1, m: free}', '=> atomic_t 3']
    }

    def "lines that belong together are one"() {
        expect:
        printed('static int f(int n)', '{', '    if (n)', '        return 1', '    return 2', '}', 'f(0)') == ['=> 2']
    }

    def "several statements of one line see each other"() {
        expect:
        printed('def twice = { int x -> x * 2 }', 'int n = 4', '[1, 2].each { n += twice(it) }', 'n') == ['=> 10']
        printed('{ -> }', 'int a = 1; int b = a + 1', 'b').last() == '=> 2'
    }

    def "the status of '#lines' is #status"() {
        expect:
        session(lines as String[]) == status

        where:
        lines                                             || status
        []                                                || 0
        ['lsmod']                                         || 0
        ['lsmdo']                                         || 2
        ['lsmdo', 'lsmod']                                || 0
        ['lsmdo', '', '# end']                            || 2
        ['cat /nowhere']                                  || 2
        ['int x =']                                       || 2
        ['foo(']                                          || 2
        ['1 / 0']                                         || 1
        ['DEFINE_SPINLOCK(l)', 'spin_lock(l)']            || 1
        ['DEFINE_SPINLOCK(l)', 'spin_lock(l)', 'findings'] || 0
        ['exit 7', 'lsmdo']                               || 7
        ['lsmdo', 'exit']                                 || 2
        ['exit(4)']                                       || 4
        ['exit 256']                                      || 2
    }

    def "a driver's own error is its failure, not the person's"() {
        expect:
        session("insmod ${driver()}", 'echo x > button0/step') == 1
        err.toString() == 'echo: button0/step: Invalid argument\n'
        out.toString() == '[    0.000000] counter 10001000.button: ready\n'
    }

    def "'#line' is refused: #message"() {
        expect:
        session(line) == 2
        out.toString() == ''
        err.toString().readLines() == [message]

        where:
        line                || message
        'lsmd'              || "no command 'lsmd'; did you mean 'lsmod'?"
        'isnmod a.groovy'   || "no command 'isnmod'; did you mean 'insmod'?"
        'buton0 press'      || "no command 'buton0'; did you mean 'button0'?"
        'spinlock lock'     || "no command or name 'spinlock'; did you mean 'spin_lock'?"
        'xyzzy'             || "no command or name 'xyzzy'; 'help' lists the commands"
        'button0 kick'      || "button0: cannot 'kick'; it can press, hold, release"
        'button0 press 3'   || "button0: press takes nothing, but got '3'"
        'insmod'            || 'insmod: takes FILE [NAME=VALUE]..., but got nothing'
        'lsmod all'         || "lsmod: takes nothing, but got 'all'"
        'exit 1 2'          || "exit: takes [STATUS], but got '1 2'"
        'insmod /no.groovy' || '/no.groovy: no such file'
        'insmod /'          || '/: is a directory'
        'rmmod a'           || 'rmmod: a: is not loaded'
        'reload'            || 'reload: takes NAME, but got nothing; no module is loaded'
        'reload a'          || 'reload: a: is not loaded; no module is loaded'
        'cat nothing'       || 'cat: nothing: No such file or directory'
        'cat button0'       || 'cat: button0: Is a directory'
        'cat a > b'         || 'cat: only echo writes to a file: echo TEXT... > PATH'
        'echo a >'          || "a file is missing after '>'"
        'echo a > b > c'    || "'>' is there twice; quote it to mean the character"
        "echo 'a"           || "the quote ' is not closed"
        'run_for 10'        || "run_for: '10' is no time; write 10ms, or another number of ns, us, ms, s"
        'run_for 2h'        || "run_for: '2h' is no time; write 10ms, or another number of ns, us, ms, s"
        'run_for 3601s'     || 'run_for: 3601s is longer than an hour (3600s), the most at a time'
        'findings 1'        || "findings: '1' is no finding's number; there is none yet"
        'ctx x'             || "ctx: 'x' is no finding's number; there is none yet"
        'help requst_irq'   || "help: nothing is called 'requst_irq'; did you mean 'request_irq'?"
        'devices button1'   || "devices: no peripheral 'button1'; did you mean 'button0'?"
        'exit now'          || "exit: 'now' is no exit status; it is a number from 0 to 255"
    }

    def "what does not compile is shown with a caret under the column"() {
        expect:
        printed('int n = 1', '    n = mising + 1') == [
            "'mising' undeclared",
            '        n = mising + 1',
            '            ^',
        ]
        printed('static int f() {', '    return nothing', '}')*.toString().takeRight(3) == [
            "line 2: 'nothing' undeclared",
            '        return nothing',
            '               ^',
        ]
    }

    def "a driver that does not compile is shown with its place, and nothing is loaded"() {
        given:
        def path = driver('bad', 'nothing()')

        expect:
        printed("insmod $path", 'lsmod') == [
            "bad.groovy:7:5: implicit declaration of function 'nothing'",
            '        nothing()',
            '        ^',
        ]
    }

    def "a finding is reported once, at once, and can be asked about"() {
        when:
        def lines = printed("insmod ${driver('sleepy', 'msleep(20)')}", 'button0 press', 'button0 press', 'findings')

        then:
        lines[1] == 'sleep-in-atomic: msleep() sleeps in hard irq context'
        lines[2] == '  at     sleepy.groovy:7    msleep(20)'
        lines.contains('  more   ctx 1')
        lines.count { it.startsWith('sleep-in-atomic') } == 1
        lines.last() == '1  sleepy.groovy:7  sleep-in-atomic: msleep() sleeps in hard irq context'
    }

    def "a driver that is loaded again is judged again"() {
        given:
        def path = driver('sleepy', 'msleep(20)')

        expect:
        session("insmod $path", 'button0 press', 'reload', 'button0 press') == 1
        out.toString().count('sleep-in-atomic: ') == 2
    }

    def "a file that does not compile leaves the module loaded"() {
        given:
        def path = driver()
        def interpreter = new Interpreter(begin())

        when:
        interpreter.execute("insmod $path")
        driver('counter', 'nothing()')

        then:
        interpreter.execute('reload') == 2
        world.modules()*.name() == ['counter']

        when:
        driver('counter', "printk('pressed\\n')")

        then:
        interpreter.execute('reload counter') == 0
        interpreter.execute('button0 press') == 0
        out.toString().endsWith('pressed\n')
    }

    def "several lines at once are commands, or one piece of driver code"() {
        given:
        def interpreter = new Interpreter(begin())

        expect:
        interpreter.execute('lsmod\nbutton0 press\nint n = 1\n\nn + 1') == 0
        interpreter.execute('static int g() { return h() }\nstatic int h() { return 9 }\ng()') == 0
        out.toString() == '=> 2\n=> 9\n'
    }

    def "a driver can be typed line by line; the last one makes it a module"() {
        given:
        def lines = String.format(DRIVER, '').readLines() + ['lsmod', 'button0 press', 'cat button0/presses']

        expect:
        printed(lines as String[]) == [
            "[    0.000000] input11: module license 'unspecified' taints kernel.",
            '[    0.000000] counter 10001000.button: ready',
            'input11  input11',
            '1',
        ]
    }

    def "a whole module that is pasted at once is loaded as one"() {
        given:
        def interpreter = new Interpreter(begin())

        expect:
        interpreter.execute(String.format(DRIVER, '')) == 0
        world.modules()*.name() == ['input1']
        interpreter.execute('button0 press\ncat button0/presses\nrmmod input1') == 0
        out.toString().endsWith(': ready\n1\n')
    }

    def "after a panic the machine can be switched off and on"() {
        expect:
        printed("insmod ${driver('crash', '1 / (c.presses - c.presses)')}", 'button0 press', 'lsmod', 'n', 'reboot',
                'lsmod', '1 + 1').takeRight(2) == ['[    0.000000] Linux version 6.12.0-tophalf', '=> 2']
        world.simulation().isStopped()
    }

    def "time passes when told"() {
        expect:
        printed('long before = jiffies', 'run_for 1s', 'jiffies - before == HZ', 'run_for 500 ms', 'run_for 1us') == ['=> true']
    }

    def "a command's name can be a variable's"() {
        expect:
        printed('int ls = 3', '(ls)', 'ls += 4', 'ls + 0 ', '(ls)').findAll { it.startsWith('=>') }.last() == '=> 7'
    }

    def "no escape byte and no prompt, whatever happens"() {
        when:
        session("insmod ${driver('sleepy', 'msleep(20)')}", 'button0 press', 'lsmdo', 'x +', 'ctx', 'help', '1 / 0')

        then:
        !(out.toString() + err).contains('\033')
        !out.toString().contains('tophalf>')
    }
}
