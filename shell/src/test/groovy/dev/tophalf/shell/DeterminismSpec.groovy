package dev.tophalf.shell

import java.nio.file.Files
import java.nio.file.Path

/** The same run twice is the same to the byte. */
class DeterminismSpec extends CommandLineSpec {
    private static final Path BUTTON = Path.of('..', 'samples', 'drivers', 'button')

    def "twice in one process: #driver, #format"() {
        given:
        def trace = folder.resolve('trace')
        String[] words = ['run', BUTTON.resolve(driver), '--format', format, '--seed', '7', '--trace', trace]

        when:
        tophalf(words)
        def first = [out, err, Files.readString(trace)]
        tophalf(words)

        then:
        [out, err, Files.readString(trace)] == first

        where:
        [driver, format] <<
                [['button.groovy', 'button_sleeps.groovy', 'button_no_ack.groovy'], ['text', 'json']].combinations()
    }

    def "twice in one process, by chance: #driver"() {
        given:
        def trace = folder.resolve('trace')
        String[] words = ['run', BUTTON.resolve(driver), '--schedule', 'random', '--seed', '7', '--trace', trace]

        when:
        tophalf(words)
        def first = [out, err, Files.readString(trace)]
        tophalf(words)

        then:
        [out, err, Files.readString(trace)] == first

        where:
        driver << ['button.groovy', 'button_sleeps.groovy', 'button_no_ack.groovy']
    }

    def "in two processes: #driver"() {
        given:
        def trace = folder.resolve('trace')
        String[] words = ['run', BUTTON.resolve(driver), '--format', 'json', '--trace', trace]

        when:
        tophalf(words)
        def here = [out, Files.readString(trace)]
        def there = [inAnotherProcess(words), Files.readString(trace)]

        then:
        there == here

        where:
        driver << ['button.groovy', 'button_no_ack.groovy']
    }

    private String inAnotherProcess(String[] words) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def command = [java, '-cp', System.getProperty('java.class.path'), Main.name, *words]
        def process = new ProcessBuilder(command).redirectError(folder.resolve('err').toFile()).start()
        def text = new String(process.inputStream.readAllBytes(), 'UTF-8')
        process.waitFor()
        return text
    }
}
