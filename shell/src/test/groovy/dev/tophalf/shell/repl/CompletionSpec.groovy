package dev.tophalf.shell.repl

import dev.tophalf.shell.repl.PromptParser.Words
import dev.tophalf.shell.repl.command.Session
import java.nio.file.Files

/** What Tab offers; the cursor is at {@code |}, or at the end. */
class CompletionSpec extends PromptSpecification {
    Session session = begin()
    Interpreter interpreter = new Interpreter(session)

    private Words words(String typed) {
        int cursor = typed.contains('|') ? typed.indexOf('|') : typed.length()
        String line = typed.replace('|', '')
        Words.of(line, cursor, interpreter.isCommand(line))
    }

    /** The candidates that begin with what stands before the cursor, in order. */
    private List<String> offered(String typed) {
        def words = words(typed)
        String begun = words.word().substring(0, words.wordCursor())
        new PromptCompleter(session).candidates(words)*.value().findAll { it.startsWith(begun) }.sort()
    }

    def "<#typed> offers #offers"() {
        given:
        interpreter.execute("insmod ${driver()}")
        interpreter.execute('class pair { int a; long b }\npair couple = kzalloc(pair, GFP_KERNEL)')

        expect:
        offered(typed) == offers

        where:
        typed                   || offers
        'lsm'                   || ['lsmod']
        '  lsm'                 || ['lsmod']
        'button'                || ['button0']
        'button0 '              || ['hold', 'press', 'release']
        'button0 p'             || ['press']
        'button0 press '        || []
        'rmmod '                || ['counter']
        'reload c'              || ['counter']
        'devices '              || ['button0']
        'lsmod '                || []
        'help lsm'              || ['lsmod']
        'help spin_lock_irq'    || ['spin_lock_irq', 'spin_lock_irqsave', 'spin_lock_irqsave_nested']
        'cat /pr'               || ['/proc/']
        'cat /proc/u'           || ['/proc/uptime']
        'cat proc/u'            || ['proc/uptime']
        'cat button0/'          || ['button0/driver/', 'button0/presses', 'button0/step']
        'cat button0/driver/u'  || ['button0/driver/unbind']
        'cat /no/'              || []
        'cat b'                 || ['button0/']
        'ls /sys/bus/'          || ['/sys/bus/platform/']
        'echo button0/s'        || []
        'echo 5 > button0/s'    || ['button0/step']
        'echo 5 >button0/s'     || ['button0/step']
        'ssle'                  || ['ssleep']
        'f(GFP_K'               || ['GFP_KERNEL']
        'int n = coup'          || ['couple']
        'couple.'               || ['couple.a', 'couple.b']
        'f(couple.b'            || ['couple.b']
        'nobody.'               || []
    }

    def "an empty line offers commands and peripherals, not the whole kernel"() {
        expect:
        offered('').containsAll(['insmod', 'exit', 'button0'])
        !offered('').contains('msleep')
    }

    def "insmod offers folders and drivers of the host"() {
        given:
        driver('one')
        driver('two')
        Files.createDirectory(folder.resolve('onward'))
        Files.writeString(folder.resolve('one.txt'), '')
        Files.writeString(folder.resolve('.one.groovy'), '')

        expect:
        offered("insmod $folder/") == ["$folder/one.groovy", "$folder/onward/", "$folder/two.groovy"]
        offered("insmod $folder/on") == ["$folder/one.groovy", "$folder/onward/"]
        offered("insmod $folder/nothing/x") == []
    }

    def "the word at the cursor is what is completed"() {
        expect:
        words(typed).word() == word
        words(typed).wordCursor() == at

        where:
        typed             || word      | at
        'ls| more'        || 'ls'      | 2
        'cat but|ton0/a'  || 'button0' | 3
        'f(a, |b)'        || 'b'       | 0
        'x = a.b|'        || 'a.b'     | 3
    }

    def "where lines are kept"() {
        expect:
        HistoryFile.find([XDG_STATE_HOME: folder.toString()], '/nobody') == folder.resolve('tophalf/history')
        HistoryFile.find([:], folder.toString()) == folder.resolve('.local/state/tophalf/history')
        HistoryFile.find([XDG_STATE_HOME: 'not/absolute'], folder.toString()) == folder.resolve('.local/state/tophalf/history')
    }

    def "what cannot be kept is not"() {
        given:
        def file = Files.writeString(folder.resolve('file'), '')
        Files.createDirectories(folder.resolve('taken/tophalf/history'))

        expect:
        HistoryFile.find([XDG_STATE_HOME: file.toString()], folder.toString()) == null
        HistoryFile.find([XDG_STATE_HOME: folder.resolve('taken').toString()], folder.toString()) == null
    }
}
