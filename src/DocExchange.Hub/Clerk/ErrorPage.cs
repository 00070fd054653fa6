using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk;

/// <summary>What a person sees when there is nothing to see, in the style of the other pages.</summary>
internal static class ErrorPage
{
    public static IResult NotFound(Visit visit) => Page(visit, StatusCodes.Status404NotFound,
        visit.Say("Không có trang này", "No such page"),
        visit.Say("Địa chỉ không đúng, hoặc văn bản không thuộc phạm vi bạn được xem.", "The address is wrong, or the document is not within your scope."));

    public static IResult FormExpired(Visit visit) => Page(visit, StatusCodes.Status400BadRequest,
        visit.Say("Biểu mẫu đã hết hạn", "The form has expired"),
        visit.Say("Hãy tải lại trang rồi gửi lại.", "Load the page again, then send the form again."));

    public static IResult TooLarge(Visit visit) => Page(visit, StatusCodes.Status413PayloadTooLarge,
        visit.Say("Nội dung gửi quá lớn", "What was sent is too large"),
        visit.Say("Một biên nhận không lớn hơn 1 MB.", "A receipt is no larger than 1 MB."));

    public static IResult StoreAway(Visit visit)
    {
        visit.Http.Response.Headers.RetryAfter = "30";
        return Page(visit, StatusCodes.Status503ServiceUnavailable,
            visit.Say("Kho dữ liệu tạm thời không dùng được", "The store is not available at present"),
            visit.Say("Hãy thử lại sau ít phút. Không có văn bản nào bị mất.", "Try again in some minutes. No document is lost."));
    }

    public static IResult Fault(Visit visit, string id) => Page(visit, StatusCodes.Status500InternalServerError,
        visit.Say("Hệ thống gặp lỗi", "Something went wrong"),
        visit.Say($"Hãy báo cho quản trị mã lỗi {id}.", $"Tell the operator the fault id {id}."));

    private static IResult Page(Visit visit, int status, string title, string text) => Layout.Page(visit, title, Html.Of($"""
        <section class="empty"><h1>{title}</h1><p>{text}</p><p><a href="/">{visit.Say("Về trang tra cứu", "To the search page")}</a></p></section>
        """), status);
}
