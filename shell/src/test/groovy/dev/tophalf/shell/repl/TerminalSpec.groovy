package dev.tophalf.shell.repl

import dev.tophalf.shell.repl.command.Session
import dev.tophalf.shell.repl.text.Console
import dev.tophalf.shell.repl.text.Paint
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.logging.Level
import java.util.logging.Logger
import org.jline.terminal.Size
import org.jline.terminal.Terminal
import org.jline.terminal.Terminal.Signal
import org.jline.terminal.TerminalBuilder
import org.jline.terminal.impl.PosixPtyTerminal
import spock.lang.Timeout

/**
 * A session on a terminal: a pseudo-terminal of the operating system, or one whose line discipline is written in Java
 * and which is there everywhere.
 */
@Timeout(120)
class TerminalSpec extends PromptSpecification {
    /** The line editor's own log, which tells of a terminal that is gone. */
    static final Logger LOG = Logger.getLogger('org.jline')

    static final String UP = '\033OA'
    static final String CTRL_C = '\003'
    static final String CTRL_D = '\004'

    /** A person in front of a terminal. */
    static final class Person {
        private final Terminal terminal
        private final OutputStream keys
        private final Screen screen
        private final FutureTask<Integer> prompt

        Person(Session session, Terminal terminal, OutputStream keys, Screen screen, Path history) {
            this.terminal = terminal
            this.keys = keys
            this.screen = screen
            this.prompt = new FutureTask<>({ new TerminalPrompt(session, terminal, history).run { } } as Callable<Integer>)
            def thread = new Thread(prompt, 'prompt')
            thread.daemon = true
            thread.start()
        }

        /** Presses keys and looks for {@code text} in what appears from then on. */
        String type(String pressed, String text = '> ') {
            screen.forget()
            press(pressed)
            return sees(text)
        }

        void press(String pressed) {
            keys.write(pressed.getBytes('UTF-8'))
            keys.flush()
        }

        String sees(String text) {
            return screen.await(text)
        }

        /** Presses Ctrl-C while a line runs, until that shows. No process owns the terminal, so nobody gets a signal. */
        String interrupts() {
            screen.forget()
            while (!screen.shows('interrupted', 100)) {
                terminal.raise(Signal.INT)
            }
            return screen.text()
        }

        int leaves(String pressed) {
            press(pressed)
            int status = prompt.get(60, TimeUnit.SECONDS)
            terminal.close()
            return status
        }
    }

    /** What a terminal has shown, without its colours and movements. */
    static final class Screen extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream()

        @Override
        synchronized void write(int b) {
            bytes.write(b)
            notifyAll()
        }

        synchronized void forget() {
            bytes.reset()
        }

        synchronized String text() {
            return bytes.toString('UTF-8').replaceAll(/\033\[[0-9;?]*[A-Za-z]|\033[=>]|\r/, '')
        }

        synchronized boolean shows(String text, long limitMs) {
            long end = System.nanoTime() + limitMs * 1_000_000
            while (!this.text().contains(text)) {
                long left = (long) ((end - System.nanoTime()) / 1_000_000)
                if (left <= 0) {
                    return false
                }
                wait(left)
            }
            return true
        }

        String await(String text) {
            if (!shows(text, 60_000)) {
                throw new AssertionError("waited for <$text> and saw <${this.text()}>" as Object)
            }
            return this.text()
        }
    }

    def setupSpec() {
        LOG.level = Level.OFF
    }

    def cleanupSpec() {
        LOG.level = null
    }

    private Person person(String provider, Path history = null) {
        def keys = new PipedOutputStream()
        def screen = new Screen()
        def terminal = TerminalBuilder.builder()
                .system(false)
                .provider(provider)
                .streams(new PipedInputStream(keys), screen)
                .type('xterm')
                .encoding('UTF-8')
                .graphemeCluster(false)
                .size(new Size(120, 40))
                .build()
        def session = new Session(world, new Console(terminal.writer(), terminal.writer(), Paint.ON), false)
        return new Person(session, terminal, keys, screen, history)
    }

    def "a session on #kind"() {
        given:
        def person = person(provider)

        expect: 'a greeting and a prompt'
        person.sees('tophalf> ').contains('button0')

        and: 'Tab completes a path, and what was typed runs'
        driver()
        person.type("insmod $folder/cou\t", 'counter.groovy')
        person.type('\r').contains('counter 10001000.button: ready')
        person.type('button0 pr\t\r')
        person.type('cat button0/pr\t\r').contains('\n1\n')

        and: 'Tab offers what there is'
        person.type('lsm\t', 'lsmod')
        person.type('\r').contains('counter')

        and: 'driver code goes on until its brackets are closed'
        person.type('static int f(int n) {\r', '-> ')
        person.type('return n + 1\r', '-> ')
        person.type('}\r', 'tophalf> ')
        person.type('f(41)\r', 'tophalf> ').contains('=> 42')

        and: 'the last line comes back'
        person.type(UP, 'f(41)')
        person.type('\r', 'tophalf> ').contains('=> 42')

        and: 'Ctrl-C clears a line, also one of several'
        person.type('lsm', 'lsm')
        person.type(CTRL_C, 'tophalf> ')
        person.type('static int g() {\r', '-> ')
        person.type(CTRL_C, 'tophalf> ')
        person.type('1 + 1\r', 'tophalf> ').contains('=> 2')

        and: 'Ctrl-C stops what runs'
        person.type('while (true) { }\r', '\n')
        person.interrupts()
        person.sees('tophalf> ')
        person.type('2 + 2\r', 'tophalf> ').contains('=> 4')

        and: 'a finding shows at once, and in the prompt'
        person.type('1 / 0\r', '1 finding> ').contains('oops: division by zero')

        and: 'Ctrl-D leaves, with the status of the last line'
        person.leaves(CTRL_D) == 1

        where:
        provider | kind
        'jni'    | 'a pseudo-terminal of the operating system'
        'exec'   | 'a terminal in Java'
    }

    def "lines are kept from session to session"() {
        given:
        def history = folder.resolve('history')

        when:
        def first = person('exec', history)
        first.sees('tophalf> ')
        first.type('40 + 2\r', '=> 42')
        first.sees('tophalf> ')

        then:
        first.leaves('exit 3\r') == 3

        when:
        def second = person('exec', history)
        second.sees('tophalf> ')
        second.type(UP, 'exit 3')
        second.type(UP, '40 + 2')

        then:
        second.type('\r', '=> 42')
        second.sees('tophalf> ')
        second.leaves(CTRL_D) == 0
    }

    def "Ctrl-C stops #what"() {
        given:
        def person = person('exec')
        person.sees('tophalf> ')

        when:
        person.type(line + '\r', '\n')
        person.interrupts()
        person.sees('tophalf> ')

        then:
        !world.simulation().isStopped()
        person.type('1 + 1\r', '=> 2')
        person.leaves(CTRL_D) == 0

        where:
        what              | line
        'a loop'          | 'for (;;) { }'
        'a loop of calls' | 'for (;;) udelay(0)'
    }

    def "Ctrl-C stops the machine if an interrupt handler does not end"() {
        given:
        def person = person('exec')
        person.sees('tophalf> ')
        person.type("insmod ${driver('endless', 'for (;;) { }')}\r", 'tophalf> ')

        when:
        person.type('button0 press\r', '\n')
        person.interrupts()

        then:
        person.sees('> ')
        world.simulation().stopReason() == 'Kernel panic - not syncing: stopped by hand in interrupt'
        person.leaves(CTRL_D) == 130
    }
}
