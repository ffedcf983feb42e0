package dev.tophalf.shell

import java.nio.file.Files
import tools.jackson.databind.ObjectMapper

/** The command line from outside: exit status, what goes to which stream, and what is said about mistakes. */
class MainSpec extends CommandLineSpec {
    def "a quiet driver: status 0, the kernel log, no findings"() {
        expect:
        tophalf('run', file('quiet.groovy', QUIET)) == 0
        err.isEmpty()
        out.readLines()[-4..-1] == ['[    0.000000] hello', '[    0.000000] bye', '', 'no findings']
    }

    def "a driver with a mistake: status 1 and a report that says how to run it again"() {
        given:
        def driver = file('sleepy.groovy', SLEEPY)

        expect:
        tophalf('run', driver, '--seed', '7') == 1
        err.isEmpty()
        out.contains("sleep-in-atomic: msleep() sleeps in atomic context")
        out.contains("\n  at     $driver:4    msleep(1)\n")
        out.contains("\n  again  tophalf run $driver --seed 7\n")
        out.readLines().last() == '1 finding'
    }

    def "man tells about #name"() {
        expect:
        tophalf('man', name) == 0
        err.isEmpty()
        out.startsWith(start)

        where:
        name         || start
        'dialect'    || 'NAME\n  dialect - the language of drivers'
        'spin_lock'  || 'void spin_lock(spinlock_t lock)'
        'msleep()'   || 'void msleep('
    }

    def "man says so in one line if there is nothing of that name"() {
        expect:
        tophalf('man', 'spin_lok') == 2
        out.isEmpty()
        err.readLines()[0] == "tophalf: man: nothing is called 'spin_lok'; did you mean 'spin_lock'?"
    }

    def "an empty script is a module that does nothing"() {
        expect:
        tophalf('run', file('empty.groovy', '')) == 0
        out.readLines().last() == 'no findings'
    }

    def "a script that does not compile: status 2, its lines on standard error and nothing else"() {
        given:
        def driver = file('typo.groovy', "static int f() {\n    return kmaloc(3)\n}\n")

        expect:
        tophalf('run', driver) == 2
        out.isEmpty()
        err.readLines().size() == 1
        err.startsWith("$driver:2:12: ")
        err.contains('kmaloc')
    }

    def "an attack is refused with status 2, and nothing of it has run: #text"() {
        given:
        def driver = file('attack.groovy', "pr_info('it runs\\n')\n$text\n")

        expect:
        tophalf('run', driver) == 2
        out.isEmpty()
        err.startsWith("$driver:2")
        err.contains(reason)

        where:
        text                                        || reason
        'System.exit(0)'                            || "'System' undeclared"
        "'ls'.execute()"                            || "'String' has no function 'execute'"
        '@groovy.transform.ASTTest class s { }'     || 'no annotations but @Override'
        'class s { void finalize() { } }'           || 'a function cannot be called finalize'
        "'x'.intern()"                              || 'java.lang.String.intern() is not available to drivers'
        'static synchronized void f() { }'          || "no 'synchronized'"
        'new dev.tophalf.runtime.trace.Sites()'     || "unknown type name 'dev.tophalf.runtime.trace.Sites'"
    }

    def "every script that does not compile is named"() {
        given:
        def first = file('first.groovy', 'int x = \n')
        def second = file('second.groovy', 'kmaloc(3)\n')

        expect:
        tophalf('run', first, second) == 2
        err.readLines()*.takeWhile { it != ' ' }*.replaceFirst(/(:\d+)+:$/, '') == [first, second]*.toString()
    }

    def "with --format json there is one object on standard output: #outcome"() {
        given:
        def driver = file('driver.groovy', text)

        expect:
        tophalf('run', driver, '--format', 'json') == status
        def object = new ObjectMapper().readValue(out, LinkedHashMap)
        object.outcome == outcome
        object.scripts == [driver.toString()]
        object.machine == 'lab.dts'
        object.findings*.rule == rules
        object.containsKey('diagnostics') == (outcome == 'rejected')
        err.isEmpty() == (outcome != 'rejected')

        where:
        text       || status | outcome     | rules
        QUIET      || 0      | 'completed' | []
        SLEEPY     || 1      | 'completed' | ['sleep-in-atomic']
        'int x = ' || 2      | 'rejected'  | []
    }

    def "a mistake in the words is one line and status 2: #words"() {
        expect:
        tophalf(*words) == 2
        out.isEmpty()
        err == "tophalf: $message (see $command --help)\n"

        where:
        words                                || message
        ['rnu', 'x.groovy']                  || "unknown command 'rnu'; did you mean 'run'?"
        ['frobnicate']                       || "unknown command 'frobnicate'"
        ['x.groovy']                         || "'x.groovy' is not a command; did you mean 'tophalf run x.groovy'?"
        ['--sed', '3']                       || "unknown option '--sed'"
        ['run']                              || "missing required parameter: 'SCRIPT'"
        ['run', '--sed', '3', 'x.groovy']    || "unknown option '--sed'; did you mean '--seed'?"
        ['run', '--sed=3', 'x.groovy']       || "unknown option '--sed'; did you mean '--seed'?"
        ['run', '--seed', 'x', 'x.groovy']   || "invalid value for option '--seed': 'x' is no 64-bit number"
        ['run', '--seed', '1.5', 'x']        || "invalid value for option '--seed': '1.5' is no 64-bit number"
        ['run', '--cpus', '0', 'x.groovy']   || "invalid value for option '--cpus': '0' is not a number from 1 to 8"
        ['run', '--cpus', '9', 'x.groovy']   || "invalid value for option '--cpus': '9' is not a number from 1 to 8"
        ['run', '--cpus', '', 'x.groovy']    || "invalid value for option '--cpus': '' is not a number from 1 to 8"
        ['run', '--format', 'xml', 'x']      || "invalid value for option '--format': 'xml' is neither text nor json"
        ['run', '--seed']                    || "missing required parameter for option '--seed' (N)"
        ['run', '--seed=1', '--seed=2', 'x'] || "option '--seed' (N) should be specified only once"
        command = words[0] == 'run' ? 'tophalf run' : 'tophalf'
    }

    def "a file that cannot be read is one line and status 2: #option"() {
        given:
        def driver = file('quiet.groovy', QUIET)
        Files.write(folder.resolve('binary'), [0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe] as byte[])
        def bad = folder.resolve(name)

        expect:
        tophalf(*['run', *option, bad, option ? driver : null].findAll { it != null }) == 2
        out.isEmpty()
        err == "tophalf: $bad: $message\n"

        where:
        option         | name       || message
        []             | 'missing'  || 'no such file'
        []             | ''         || 'is a directory'
        []             | 'binary'   || 'is not text in UTF-8'
        ['--machine']  | 'missing'  || 'no such file'
        ['--machine']  | ''         || 'is a directory'
        ['--machine']  | 'binary'   || 'is not text in UTF-8'
        ['--scenario'] | 'missing'  || 'no such file'
        ['--scenario'] | ''         || 'is a directory'
        ['--scenario'] | 'binary'   || 'is not text in UTF-8'
        ['--trace']    | ''         || 'is a directory'
        ['--trace']    | 'no/trace' || 'no such directory'
    }

    def "a wrong machine description is a line with its place"() {
        given:
        def machine = file('bad.dts', "/dts-v1/;\n/ { oops\n};\n")

        expect:
        tophalf('run', '--machine', machine, file('quiet.groovy', QUIET)) == 2
        out.isEmpty()
        err.readLines().size() == 1
        err.startsWith("$machine:3:1: ")
    }

    def "--machine runs on another machine"() {
        given:
        def machine = file('bare.dts', "/dts-v1/;\n/ {\n};\n")

        expect:
        tophalf('run', '--machine', machine, '--format', 'json', file('quiet.groovy', QUIET)) == 0
        out.contains("\"machine\": \"$machine\"")
    }

    def "--boot sets parameters of modules, and is repeated with the run"() {
        given:
        def driver = file('loud.groovy', "int volume = 1\nmodule_param(volume, int, 0444)\n" + SLEEPY)

        expect:
        tophalf('run', driver, '--boot', 'loud.volume=11', '--boot', 'loud.odd=1') == 1
        out.contains("loud: unknown parameter 'odd' ignored")
        out.contains("--boot loud.volume=11 --boot loud.odd=1")

        and:
        tophalf('run', driver, '--boot', 'loud.volume=all') == 1
        out.contains("loud: `all' invalid for parameter `volume'")

        and:
        tophalf('run', driver, '--boot', 'quiet.volume=1') == 2
        err == 'tophalf: --boot quiet.volume=1: takes preempt=MODEL, prove_locking=0|1, read_lock_recursive=0|1, prove_raw_lock_nesting=0|1 or MODULE.NAME=VALUE, where MODULE is loud\n'
    }

    def "--trace writes what happened, and nothing for a script that was refused"() {
        given:
        def trace = folder.resolve('trace.txt')

        expect:
        tophalf('run', '--trace', trace, file('bad.groovy', 'int x = ')) == 2
        !Files.exists(trace)

        and:
        tophalf('run', '--trace', trace, file('sleepy.groovy', SLEEPY)) == 1
        Files.readAllLines(trace).any { it.contains('msleep(1)  ') }
    }

    def "a Java stack trace is shown only when asked for"() {
        expect:
        tophalf('run', 'missing.groovy', '--debug') == 2
        err.contains('\tat dev.tophalf.')

        and:
        tophalf('--debug', 'run', 'missing.groovy') == 2
        err.contains('\tat dev.tophalf.')
    }

    def "#words explains itself, without an escape byte"() {
        expect:
        tophalf(*words) == 0
        out.startsWith(start)
        !out.contains('\033')
        err.isEmpty()

        where:
        words             || start
        ['--help']        || 'Usage: tophalf '
        ['-h']            || 'Usage: tophalf '
        ['help']          || 'Usage: tophalf '
        ['help', 'run']   || 'Usage: tophalf run '
        ['run', '--help'] || 'Usage: tophalf run '
        ['--version']     || 'tophalf '
    }
}
