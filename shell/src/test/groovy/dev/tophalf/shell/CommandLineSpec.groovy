package dev.tophalf.shell

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A specification of the program, called with words and read by what it prints. */
abstract class CommandLineSpec extends Specification {
    /** A driver that nothing is wrong with. */
    static final String QUIET = '''\
        MODULE_LICENSE('GPL')
        static int hello() {
            pr_info('hello\\n')
            return 0
        }
        static void bye() { pr_info('bye\\n') }
        module_init(hello)
        module_exit(bye)
        '''.stripIndent()

    /** A driver with one mistake, on line 4. */
    static final String SLEEPY = '''\
        DEFINE_SPINLOCK(lock)
        static int start() {
            spin_lock(lock)
            msleep(1)
            spin_unlock(lock)
            return 0
        }
        static void stop() {}
        MODULE_LICENSE('GPL')
        module_init(start)
        module_exit(stop)
        '''.stripIndent()

    @TempDir
    Path folder

    String out
    String err

    /** Runs a command line. Returns the exit status. */
    int tophalf(Object... words) {
        def outText = new StringWriter()
        def errText = new StringWriter()
        int status = Main.run(words*.toString() as String[], new PrintWriter(outText), new PrintWriter(errText))
        out = outText.toString()
        err = errText.toString()
        return status
    }

    Path file(String name, String text) {
        return Files.writeString(folder.resolve(name), text)
    }
}
