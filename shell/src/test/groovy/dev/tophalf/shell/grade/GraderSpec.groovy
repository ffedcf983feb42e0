package dev.tophalf.shell.grade

import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.shell.world.WorldException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What happens if a submission gets past the verifier: the spec of this exercise does whatever the driver asks for in
 * the kernel log.
 */
class GraderSpec extends Specification {
    static final String MACHINE = '''
        /dts-v1/;
        / {
            #address-cells = <1>;
            #size-cells = <1>;
        };
        '''
    /** Found nowhere else, even if this spec runs twice at once. */
    static final String NAP = 100_000 + ProcessHandle.current().pid()
    static final String SPEC = '''
        import dev.tophalf.shell.grade.DriverSpec

        class WishSpec extends DriverSpec {
            private String wish

            def setup() {
                insmod()
                wish = dmesg().last()
            }

            def "it loads"() {
                expect:
                rules() == []
            }

            def "it does what the driver wants"() {
                when:
                switch (wish) {
                    case 'exit': System.exit(0)
                    case 'halt': Runtime.runtime.halt(7)
                    case 'loop': while (true) { }
                    case 'grow': def all = []; while (true) { all << new byte[1 << 20] }
                    case 'chatter': 2000.times { println('PASSED ' * 1000) }; break
                    case 'offspring': ['sleep', 'NAP'].execute(); sleep(1000); System.exit(1)
                }

                then:
                wish != 'fail'
            }

            def "it is #what"() {
                expect:
                wish == 'fail' || what

                where:
                what << ['small', 'large']
            }
        }
        '''.replace('NAP', NAP)
    static final List<RubricItem> RUBRIC = [
        new RubricItem('loads', 'it loads', 1, false, ['it loads']),
        new RubricItem('wish', 'it does', 2, false, ['it does what the driver wants', 'it is #what']),
    ]

    @Shared
    @TempDir
    Path folder

    @Shared
    Path temporary

    @Shared
    @AutoCleanup
    Grader grader

    private Exercise exercise(String spec, List<RubricItem> rubric) {
        def file = Files.writeString(folder.resolve('WishSpec.groovy'), spec)
        def machine = Files.writeString(folder.resolve('empty.dts'), MACHINE)
        new Exercise(folder, 'Wishes', machine, Limits.USUAL, rubric, [:], [file])
    }

    def setupSpec() {
        temporary = Files.createDirectory(folder.resolve('temporary'))
        grader = new Grader(exercise(SPEC, RUBRIC), new Limits(60, 96), temporary)
    }

    private static ScriptSource driver(String wish) {
        new ScriptSource("${wish}.groovy", """
            MODULE_LICENSE('GPL')
            static int wish_init() {
                pr_info('${wish}\\n')
                return 0
            }
            module_init(wish_init)
            """)
    }

    private boolean leftNothing() {
        Files.list(temporary).withCloseable { top ->
            top.allMatch { Files.list(it).withCloseable { it.count() } == 0 }
        }
    }

    def "a driver that #wish: #outcome, #points points"() {
        when:
        def mark = grader.grade(driver(wish))

        then:
        mark.outcome() == outcome
        mark.message() == (message.endsWith(', in') ? "$message 'it does what the driver wants'" : message)
        mark.points() == points
        mark.of() == 3
        leftNothing()

        where:
        wish      || outcome         | points | message
        'works'   || Outcome.GRADED  | 3      | ''
        'fail'    || Outcome.GRADED  | 1      | ''
        'chatter' || Outcome.GRADED  | 3      | ''
        'exit'    || Outcome.EXITED  | 0      | 'ended the JVM that judged it, exit status 0, in'
        'halt'    || Outcome.EXITED  | 0      | 'ended the JVM that judged it, exit status 7, in'
        'grow'    || Outcome.MEMORY  | 0      | 'needed more than 96 MB of memory, in'
    }

    def "a driver that never ends is stopped, and keeps what it had"() {
        given:
        def impatient = new Grader(exercise(SPEC, RUBRIC), new Limits(5, 96), temporary)

        when:
        def mark = impatient.grade(driver('loop'))

        then:
        mark.outcome() == Outcome.TIMEOUT
        mark.message().startsWith('was stopped after 5 s')
        mark.points() < 2
        leftNothing()

        cleanup:
        impatient.close()
    }

    def "what a driver starts ends with it"() {
        when:
        def mark = grader.grade(driver('offspring'))

        then:
        mark.outcome() == Outcome.EXITED
        ProcessHandle.allProcesses()
                .filter { it.info().commandLine().orElse('').endsWith('sleep ' + NAP) }
                .noneMatch { it.alive }
    }

    def "a spec that breaks before it begins fails its own features and no others"() {
        given:
        def other = Files.writeString(folder.resolve('BrokenSpec.groovy'), '''
            class BrokenSpec extends dev.tophalf.shell.grade.DriverSpec {
                def setupSpec() { throw new IllegalStateException('no') }
                def "it never runs"() { expect: true }
            }
            ''')
        def whole = exercise(SPEC, [
            new RubricItem('a', 't', 1, false, ['it loads']),
            new RubricItem('b', 't', 1, false, ['it never runs']),
        ])
        def both = new Exercise(
                folder, 't', whole.machine(), Limits.USUAL, whole.rubric(), [:], [*whole.specs(), other])
        def grader = new Grader(both, Limits.USUAL, temporary)

        when:
        def mark = grader.grade(driver('works'))

        then:
        mark.items()*.result() == [ItemMark.Result.PASSED, ItemMark.Result.ERROR]
        mark.items()[1].why() == ['IllegalStateException: no']

        cleanup:
        grader.close()
    }

    def "a driver that does not compile is told why"() {
        when:
        def mark = grader.grade(new ScriptSource('typo.groovy', 'static int f() {\n    return kmaloc(3)\n}\n'))

        then:
        mark.outcome() == Outcome.REJECTED
        mark.points() == 0
        mark.diagnostics()*.line() == [2]
    }

    def "a driver that nobody can read gets nothing"() {
        expect:
        Marking.unreadable(exercise(SPEC, RUBRIC), 'x.groovy', 'is not text').with {
            [it.file(), it.outcome(), it.message(), it.points(), it.of()]
        } == ['x.groovy', Outcome.REJECTED, 'is not text', 0, 3]
    }

    def "an exercise whose rubric names no feature is refused"() {
        when:
        new Grader(exercise(SPEC, [new RubricItem('a', 't', 1, false, ['it flies'])]), Limits.USUAL, temporary)

        then:
        WorldException refused = thrown()
        refused.message == "$folder: rubric item 'a' names the feature 'it flies', which no spec has; there are " +
                "'it loads', 'it does what the driver wants', 'it is #what'"
    }

    def "an exercise whose spec does not compile is refused"() {
        when:
        new Grader(exercise('class A {\n    int f( {\n}', RUBRIC), Limits.USUAL, temporary)

        then:
        WorldException refused = thrown()
        refused.message.startsWith(folder.resolve('WishSpec.groovy').toString() + ':2: ')

        cleanup:
        exercise(SPEC, RUBRIC)
    }
}
