package dev.tophalf.shell

import java.nio.file.Files
import java.nio.file.Path
import javax.tools.ToolProvider
import spock.lang.Specification
import spock.lang.TempDir

/** Keeps the lines of the README true. */
class ReadmeSpec extends Specification {
    static final Path TOP = Path.of('').toAbsolutePath().parent
    static final String README = TOP.resolve('README.md').toFile().getText('UTF-8')

    @TempDir
    Path folder

    /** The first code block of that language. */
    private static String block(String language) {
        def start = README.indexOf("```$language\n") + language.length() + 4
        README.substring(start, README.indexOf('```', start))
    }

    def "the driver that it opens with is the sample"() {
        given:
        def sample = TOP.resolve('samples/drivers/sleepy/sleepy.groovy').toFile().getText('UTF-8')

        expect:
        sample.endsWith(block('groovy'))
    }

    def "the report that it shows is what the command prints"() {
        given:
        def shown = README.readLines().dropWhile { !it.startsWith('    $ shell/bin/tophalf run') }
        def words = shown.first().strip().split(' ') as List
        def printed = shown.drop(2).takeWhile { it.isEmpty() || it.startsWith('    ') }*.stripIndent(4)

        when:
        def out = new ByteArrayOutputStream()
        def process = java(['-cp', System.getProperty('java.class.path'), 'dev.tophalf.shell.Main'] + words.drop(2))
        process.consumeProcessOutput(out, System.err)
        process.waitFor()

        then:
        process.exitValue() == 1
        out.toString('UTF-8').readLines().join('\n').strip() == printed.join('\n').strip()
    }

    def "what it shows of exploring is what the command prints"() {
        given:
        def shown = README.readLines().dropWhile { !it.startsWith('    $ shell/bin/tophalf explore') }
        def words = shown.first().strip().split(' ') as List
        def printed = shown.drop(1).takeWhile { it.startsWith('    ') }*.stripIndent(4)

        when:
        def out = new ByteArrayOutputStream()
        def process = java(['-cp', System.getProperty('java.class.path'), 'dev.tophalf.shell.Main'] + words.drop(2) + ['--runs', '100'])
        process.consumeProcessOutput(out, System.err)
        process.waitFor()

        then:
        process.exitValue() == 1
        printed.findAll { it != '...' }*.replaceFirst(/\+\.\.\.'$/, '+').every { out.toString('UTF-8').contains(it) }
        printed.size() == 4
    }

    def "its embedding example compiles and finds the mistake"() {
        given:
        def source = folder.resolve('Embedded.java')
        source.toFile().setText(block('java'), 'UTF-8')
        def classPath = System.getProperty('java.class.path')

        expect:
        ToolProvider.systemJavaCompiler.run(null, null, null, '-d', folder.toString(), '-cp', classPath, source.toString()) == 0

        when:
        def out = new ByteArrayOutputStream()
        def process = java(['-cp', folder.toString() + File.pathSeparator + classPath, 'Embedded'])
        process.consumeProcessOutput(out, System.err)
        process.waitFor()

        then:
        out.toString('UTF-8').readLines() == ['sleep-in-atomic: msleep() sleeps in hard irq context']
    }

    def "every path that it names exists: #path"() {
        expect:
        Files.exists(TOP.resolve(path))

        where:
        path << (README =~ /(?:samples|shell)\/[A-Za-z0-9_.\/-]*[A-Za-z0-9_]/).collect().unique()
    }

    private static Process java(List<String> arguments) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        new ProcessBuilder([java, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'] + arguments).directory(TOP.toFile()).start()
    }
}
