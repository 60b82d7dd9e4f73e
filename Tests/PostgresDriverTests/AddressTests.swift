import DeskCore
import DeskTesting
import PostgresDriver
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("postgres://ana:s3cr3t@db.example.org:5433/desk?sslmode=require", "ana@db.example.org:5433/desk"),
        ("postgresql:///desk", "this machine/desk"), ("host=/run/postgresql dbname=desk password=s3cr3t", "/run/postgresql/desk"),
        ("postgres://ana@[::1]/desk", "ana@::1/desk"),
        ("postgres://ana:s3cr3t@one:5433,two:5434/desk?target_session_attrs=read-write", "ana@one:5433,two:5434/desk"),
        ("host=one,two port=5433 dbname=desk password=s3cr3t", "one:5433,two:5433/desk"), ("postgres://one,two/desk", "one,two/desk"),
    ])
    func anAddressIsPrintedWithoutItsPassword(_ text: String, _ printed: String) throws {
        let address = try PostgresAddress(text)
        #expect("\(address)" == printed)
        #expect(!"\(String(reflecting: address))".contains("s3cr3t"))
    }

    @Test(arguments: [
        "", "desk", "mysql://ana:s3cr3t@host/desk", "postgres://ana:s3cr3t@host:port:1/%zz", "passwort=s3cr3t", "postgres://\u{0}",
    ])
    func whatIsNoAddressIsRefusedWithoutBeingRepeated(_ text: String) throws {
        #expect { try PostgresAddress(text) } throws: { error in
            (error as? DeskError)?.code == .invalidRequest && !"\(error)".contains("s3cr3t")
        }
    }

    @Test func aPasswordInAnAddressIsNoticed() {
        #expect(PostgresAddress.holdsPassword("postgres://ana:x@host/desk"))
        #expect(!PostgresAddress.holdsPassword("postgres://ana@host/desk"))
        #expect(!PostgresAddress.holdsPassword("nonsense"))
    }

    @Test func nobodyThereIsTransientAndSaysWhere() async throws {
        let address = try PostgresAddress("postgres://ana:s3cr3t@127.0.0.1:1/desk")
        let error = await refusal { _ = try await PostgresStorage.open(address, vault: .sample()) { _ in } }
        #expect(error?.code == .storageUnavailable)
        #expect(error?.isTransient == true)
        #expect(error?.message.contains("127.0.0.1:1") == true)
        #expect(error?.message.contains("s3cr3t") == false)
    }
}
